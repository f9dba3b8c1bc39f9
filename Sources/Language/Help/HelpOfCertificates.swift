import Engine

extension Help {
  /// What a certificate shows and what it does not, and its form: the rows below `proof`.
  static let ofCertificates: [Text] = [
    """
    What it shows: both sides, as one program of single operations, give the same at each point that the seed draws, in every \
    outcome of the comparisons, and how unlikely that is where they differ. `backstep check-proof FILE` redoes every number, \
    and so does Tests/Language/Claims/check_proof.py, which shares nothing with it.
    """,
    """
    What it does not show: that this program is the claim's. Claim, network and formulas stand beside it as texts, to be read. \
    What a factor of 0 takes away is not in it, nor that points without a value were drawn anew. What was only tested, and not \
    proved, is in no certificate: then none is written.
    """,
    """
    Its bound counts every coincidence that the file could hide, not only those that were tried: so it may be some powers of 2 \
    from the one that `claim` says. At a point it is 4 (D + A (K n^2 + (c+1) (2n)^(c+1))) / p, rounded up to a power of 2; \
    exponent adds up those of all points. D is degree, the largest of a difference of the sides; n is looked, A argument, the \
    largest degree, both parts together, of what was looked up or what it was looked up by; c the most steps in a from, the \
    last term only where that is 2 or more; K is 4, with comparisons 4000000. Looked up are functions, laws, powers, roots \
    squared, zeros, products of a number with itself, and gates.
    """,
    """
    The form is JSON. certificate: the version, 1. modulus: p = 2^61-1. texts: the CRC-32 of all texts that have more than \
    digits and minus signs in them, as they come, a line end between two. seed and stream begin a point's numbers: SplitMix64 \
    begins at its first output from the seed, xor stream * D1B54A32D192ED03 (hexadecimal); a number is the upper 61 bits of an \
    output, but for p. Point k has stream k, k+6 or k+12.
    """,
    """
    A step has a value; degrees, those of numerator and denominator as a fraction of what was drawn; uses, how often it is read; \
    of, the steps that it reads, counted from 1; from, others that its law is of. + - * negate invert power are arithmetic: \
    a/b + c/d has the degrees max(a+d, c+b) and b+d, a product adds them, a power to a number multiplies them. number is a \
    fraction in its lowest terms, of degrees 0 and 0; zero too, and is 1 where its operand is 0, else 0.
    """,
    """
    drawn is the next number, of degrees 1 and 0: of what is given, or of a function once for each argument (exp passes 0 \
    over); again is the same function at an equal argument. law is exp or log: where the exponents of from add up to its own, \
    the powers multiply to its own; below 0 a step counts as minus and 1 over. root squared is a sqrt times itself. > is \
    whether a difference is above 0, as a number; one that is a multiple of another is that one, and a zero says so.
    """,
    """
    Where outcomes of comparisons are gone through, the first of patterns has all gates above 0 (1), and each next one turns \
    the last that was (0), those behind it being met anew. sides are pairs of steps that are equal.
    """,
  ]
}
