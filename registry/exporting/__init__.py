"""Published declarations as data: rows for spreadsheets, objects for programs, an Atom feed, the open-data package.

It is all made of `registry.declarations.public`, in which no sensitive number is other than masked.
"""
