"""From the components of XML Schema to Python: `messages.py`, and the tables that it is read by.

schema, roots ─planning─▶ shapes ─classes, tables─▶ nodes ─modules─▶ two planned modules
"""
