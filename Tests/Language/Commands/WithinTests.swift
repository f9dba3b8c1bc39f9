import Testing

@testable import Language

/// `within`, behind what is expected and what is claimed, and free indices in both.
@Suite struct WithinTests {
  /// 1-2-1 with a1 = (0.6, 1.2), out = 0.42, as they are computed from three weights.
  private let network = """
    input 1
    dense 2 identity nobias
    dense 1 identity nobias
    set w1 = [0.3; 0.6]
    set w2 = [0.1 0.3]
    sample 2 -> 1
    forward

    """

  private func verdict(_ line: String) throws -> Bool? {
    var session = try session(network)
    return try session.execute(Line(line)).verdict?.holds
  }

  @Test(arguments: [
    ("expect a1[k] ~= w1[k,1] * x[1]", true), ("expect a1[k] ~= w1[k,1]", false),
    ("expect a1[k] ~= w1[k,1] * 2.1 within 0.2", true), ("expect a1[k] > 0.5", true), ("expect a1[k] > 0.7", false),
    ("expect net1[k] == a1[k]", true), ("expect w2[k,j] * a1[j] < 0.37", true),
    ("claim a1[k] = w1[k,1] * 2.1 within 0.2", true), ("claim a1[k] = w1[k,1] * 2.1 within 0.01", false),
    ("claim always a1[k] = w1[k,1] * x[1] + 1e-7 within 1e-6", true),
    ("claim a1 = w1 * x where 1 == 1 within 0", true),
  ])
  func holds(_ line: String, _ expected: Bool) throws { #expect(try verdict(line) == expected) }

  @Test(arguments: [
    // Half a unit of the last digit: 0.42 is 0.415 to 0.425.
    ("expect out ~= 0.4 within digits", true), ("expect out ~= 0.40 within digits", false),
    ("expect out ~= 0.42 within digits", true), ("expect out ~= 0.43 within digits", false),
    ("expect out ~= 4.2e-1 within digits", true), ("expect out ~= 4e-1 within digits", true),
    ("expect 0.4 ~= out within digits", true), ("expect a1 ~= [0.6; 1] within digits", true),
    ("expect a1 ~= tensor([0.6, 1.3]) within digits", false), ("expect a1 ~= array([1., 1.]) within digits", true),
    ("claim out = 0.4 within digits", true), ("claim a1 = [0.6 1.2] within digits", true),
    ("expect out ~= -0.4 within digits", false),
  ])
  func typedNumbersAreRightWithinTheirDigits(_ line: String, _ expected: Bool) throws {
    #expect(try verdict(line) == expected)
  }

  @Test(arguments: [
    ("expect out ~= a1 within digits", "18: within digits is for numbers that are typed, and neither side is such"),
    ("claim out = a1[1] within digits", "19: within digits is for numbers that are typed, and neither side is such"),
    ("expect out == 0.4 within digits", "19: within belongs to ~=, not to =="),
    ("expect out ~= 1 within", "24: a tolerance, or digits, was expected here"),
    ("claim out = 1 within -1", "22: a tolerance is a finite number of at least 0"),
  ])
  func faults(_ line: String, _ message: String) throws {
    #expect(try complaint(line, after: network) == message)
  }

  @Test func whatIsSaidNamesTheToleranceAndTheElement() throws {
    let shown = answers(
      network + "expect a1[k] ~= 0.6\nclaim a1[k] = 0.601 within 0.01\nexpect out ~= 0.43 within digits")
    #expect(
      shown.suffix(3) == [
        "fails: a1[k] ~= 0.6, 2 elements, largest error 0.6; 1 wrong, the first at k=2: 1.2 against 0.6",
        "fails: a1[k] = 0.601, 2 elements, largest error 0.599, within 0.01; 1 wrong, the first at k=2: 1.2 against 0.601",
        "fails: out = 0.42 ~= 0.43, error 0.01, within digits",
      ])
  }
}
