import Testing

@testable import Language

/// Sessions of people whose arrays come from NumPy, Keras and PyTorch, each with what is right.
@Suite struct BroughtArraysTests {
  @Test(arguments: [
    // The weights of a Keras model, whose output has to come out: x·W, printed by NumPy.
    """
    input 2
    dense 2 identity
    dense 1 identity
    layout in-out
    set w1 = [[ 0.8512728   1.555682  ]
     [-0.04689309  1.6778996 ]]
    set b1 = [-0.23842156 -0.06958904]
    set w2 = [[0.09876956]
     [0.583725  ]]
    set b2 = [0.08260487]
    sample 0.3 0.5 -> 0.8
    forward
    expect out ~= 0.803486476726 within 1e-12
    """,
    // A square kernel, which no shape tells the right way round.
    """
    layout in-out
    input 2
    dense 2 identity
    set w1 = [0.8512728 1.555682; -0.04689309 1.6778996]
    set b1 = [-0.23842156; -0.06958904]
    sample 0.3 0.5 -> 0 0
    forward
    expect net1 ~= [-0.006486265; 1.23606536] within 1e-8
    """,
    // Gradients as PyTorch prints them, to four decimals.
    """
    input 3
    dense 3 relu
    dense 2 sigmoid
    loss binary-cross-entropy
    set w1 = [0.1 0.5 0.3; 0.7 0.2 0.9; 0.4 0.25 0.75]
    set b1 = 0
    set w2 = [0.9 0.6 0.4; 0.3 0.8 0.7]
    set b2 = 0
    sample 0.23 0.82 0.47 -> 1 0
    forward
    backward
    expect db2 ~= [-0.1135, 0.3865] within 5e-5
    expect dw2 ~= [[-0.0652, -0.0849, -0.0737], [0.2218, 0.2891, 0.2510]] within 5e-5
    expect db1 ~= tensor([0.0138, 0.2411, 0.2251]) within 5e-5
    """,
  ])
  func whatPeopleBroughtComesOut(_ lines: String) {
    let shown = play(lines)
    #expect(shown.contains("#= holds") && !shown.contains("fails") && !shown.contains("-:"), "\(shown)")
  }
}
