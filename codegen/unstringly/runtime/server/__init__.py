"""The service's side of the calls, and the application that receives pushes."""
