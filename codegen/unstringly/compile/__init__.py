"""From a contract to its automata: what the checks ask and what the plans write down, made once."""
