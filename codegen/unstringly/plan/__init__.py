"""From a contract to the view models that the templates print."""
