import Engine

extension Help {
  /// What is and what is not proved of a claim that is to hold always.
  static let ofProofs: [Text] = [
    """
    proved: both sides, every quantity in them unfolded by its formula down to what is drawn, are the same at random points of \
    the field of 2^61-1 numbers; the chance that a false claim passes is said with it
    """,
    """
    refuted: there are numbers at which the sides differ, and they are shown: found in 100 draws in doubles or, where doubles \
    cannot tell, in pairs of them
    """,
    "tested: no draw speaks against it, and it could not be proved; why is said",
    """
    A proof is of real numbers, not of doubles: the largest error beside it is what rounding makes of it here. It is for these \
    widths, this loss and this optimizer, and for the activation that is named, or any differentiable f in its place where \
    that is said. It leaves out points at which a side has no value, and arguments exactly at a kink; so what asks by == or != \
    whether numbers are equal, which they are at single points, is tested and not proved. Indices are another thing: i == k.
    """,
    """
    Of exp, log and sqrt it knows exp(0) = 1, exp(-u) = 1/exp(u), log(1/v) = -log(v), exp(log(v)) = v, log(exp(u)) = u and \
    sqrt(v)^2 = v; exp(u+v) = exp(u) * exp(v) and log(u*v) = log(u) + log(v) only where all three stand in the claim. Of \
    sin, cos, tan, atan, erf, floor, round, mod and powers that are no whole number it knows that equal arguments give equal \
    values, and no more. Comparisons, abs, sign, max and min are gone through for all their outcomes, up to 4096 of them.
    """,
  ]
}
