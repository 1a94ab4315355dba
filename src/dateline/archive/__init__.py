"""The store that holds all of it: schema, queries, and the street that fills it. The only room that speaks SQL."""
