"""HTTP: the only room that imports requests, so that its rules hold everywhere.

- The password goes to one origin, named once, and over plain http only to this machine.
- Redirects are followed by hand, for reading only, and never to another site.
- Reading is tried again where the connection or the server stumbles; writing never is, since a
  request without an answer may have been carried out.
- No answer is larger than 64 MB or takes longer than its timeout between two bytes, or
  than ten minutes in all.
"""
