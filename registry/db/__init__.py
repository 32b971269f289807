"""Engine, tables, sealing of sensitive values, migrations. Knows no Flask and no rule of the domain."""
