import Engine

extension Help {
  /// What a certificate shows and what it does not, and its form: the rows below `proof`.
  static let ofCertificates: [Text] = [
    """
    What it shows: two programs of single operations, one for each side, give the same at each point that the seed draws, in \
    every outcome of the comparisons, and how unlikely that is where the sides differ. `backstep check-proof FILE` and \
    Tests/Language/Claims/check_proof.py, which share nothing, redo every number.
    """,
    """
    What it does not show: that these programs are the claims'. Claims, network and formulas stand beside them as texts, to be \
    read. A factor that is 0 leaves out what it is a factor of, and points without a value are drawn anew. A line that was \
    only tested is in no certificate, and where there is one, none is written.
    """,
    """
    Its bound counts every coincidence that the file could hide, not only those that were tried, and so it may be some powers \
    of 2 from the one that `claim` says. At each point, it is 4 (D + A (K n^2 + (c+1) (2n)^(c+1))) / p, rounded up to a power \
    of 2: D is degree, A argument, n looked, c the most steps behind from where they are 2 or more, else without the last \
    term; K is 4, and 4000000 where there are comparisons.
    """,
    """
    The form is JSON. certificate: 1, the version. modulus: p = 2^61-1. seed and a point's stream: the start of SplitMix64, \
    state = seed, then the first output xor stream * D1B54A32D192ED03 (hexadecimal); a number is the upper 61 bits of an \
    output, those that are p left out. A point k has stream k, k+6 or k+12. texts: the CRC-32 of all about, network, claim, \
    holds, formulas and name, in order, with a line end between two. exponent: the sum over the points.
    """,
    """
    A step has a value, the degrees of the fraction that it is (numerator, denominator), how many uses others make of it, and \
    of: the steps that it reads, counted from 1. number is a fraction of degrees 0, 0; drawn the next number, 1, 0; + - * \
    negate invert power are arithmetic. A sum a/b + c/d has the degrees max(ad, bc), bd, a product adds them, a power \
    multiplies them; zero is 1 where its operand is 0, else 0.
    """,
    """
    function drawn is the next number, once for each name and argument; function again is the same for an equal one. exp drawn \
    (not 0) and log drawn give pairs of an exponent and a power; exp by law and log by law name pairs behind from, those \
    below 0 turned round: their exponents add up to its own and their powers multiply to its own. root by law is a whole \
    number below 2^30 whose square is its operand, root squared a root of from times itself, which is what that is the root of.
    """,
    """
    above drawn is whether a difference is above 0, as a number; above again is one whose difference is fraction times that of \
    from, or 1 minus it where that is below 0. Where outcomes are gone through, patterns begin with all above 0 (1) and turn \
    the last one that is above round (0); multiples are differences that another one decides. sides are pairs of equal steps. \
    degree, looked and argument count what the bound is made of: the largest degree of a difference of sides; functions, \
    powers, zeros, products of equal numbers, gates and multiples; and the largest degree, both parts together, in them.
    """,
  ]
}
