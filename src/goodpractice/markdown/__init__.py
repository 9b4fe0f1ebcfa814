"""The two dialects: GitHub's for contributed case studies, Python-Markdown with macros for editors."""
