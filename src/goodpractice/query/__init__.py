"""What a result was made from: records, answers and files, recorded while it is made."""
