import Engine
import Testing
import TestSupport

@testable import Language

/// Exported scripts, run by the programs that they are for. They know nothing of our code, and hold their numbers against ours
/// themselves.
@Suite struct ExportedScriptsTests {
  /// A network with every row in its turn.
  struct Exported: Sendable, CustomTestStringConvertible {
    let name: String
    let lines: String
    var testDescription: String { name }
  }

  /// With own functions that hold every kind of function of numbers, and names that are words of Python and of the scripts.
  private static let own = """
    let bipolar(v) = 2 / (1 + exp(-v)) - 1
    let lambda(v) = max(0.1 * v, v) + mod(v, 2) / 10 + sigmoid(v) * tanh(v) + (v > 0) * 0.3 + abs(v)^1.5 / 10
    let W1(v) = sigmoid'(v) + erf(v) / 2 + atan(v) * min(0.5, v) - leaky-relu(v)
    let logcosh(y, a) = log((exp(y - a) + exp(a - y)) / 2)

    """

  private static func network(
    hidden: String = "dense 3 tanh", output: String = "dense 2 sigmoid", loss: String = "half-squared-error",
    optimizer: String = "sgd rate=0.3", then: String = ""
  ) -> String {
    "network example\n" + own
      + """
      input 2
      \(hidden)
      \(output)
      loss \(loss)
      optimizer \(optimizer)
      batch 3
      sample 0.5 -1.2 -> 0.25 0.75
      sample 1.5 0.3 -> 1 0
      sample -0.4 0.8 -> 0 1
      sample -1.1 -0.7 -> 0.9 0.1
      sample 0.2 0.6 -> 0.5 0.5
      \(then)

      """
  }

  /// Every setting of a rule at another value than its own.
  private static func variants<Row: Rule>(of row: Row) -> [String] {
    [row.name]
      + row.settings.map { setting in
        let other = setting.words.isEmpty ? (setting.initial == 0 ? "0.4" : "\(setting.initial * 0.7)") : nil
        return "\(row.name) \(setting.name)=\(other ?? setting.words[setting.initial == 0 ? 1 : 0])"
      }
  }

  private static let activations = Activation.all.flatMap(variants) + ["bipolar", "lambda", "W1"]
  private static let losses = Loss.all.flatMap(variants) + ["logcosh"]

  private static let outputs = activations.flatMap { activation in
    losses.map { loss in
      Exported(
        name: "\(activation), \(loss)",
        lines: network(output: "dense 2 \(activation)", loss: loss, then: "run 1\nstep 3"))
    }
  }

  private static let hidden = activations.flatMap { activation in
    ["sigmoid", "softmax"].map { output in
      Exported(
        name: "\(activation) before \(output)",
        lines: network(
          hidden: "dense 3 \(activation)", output: "dense 2 \(output)", loss: "cross-entropy", then: "run 2"))
    }
  }

  private static let optimizers = Optimizer.all.flatMap { row in
    variants(of: row).flatMap { variant -> [Exported] in
      // What needs a momentum, or goes with none of the others, gets it or not.
      let choices = [variant, "\(variant) momentum=0.9"].filter { (try? session("input 2\noptimizer \($0)")) != nil }
      return choices.flatMap { choice in
        [0, 1, 4].map { count in
          Exported(
            name: "\(choice), \(count) updates before",
            lines: network(optimizer: choice, then: count == 0 ? "step" : "run \(count)\nstep"))
        }
      }
    }
  }

  private static let others = [
    ("sharedbias", "dense 3 tanh sharedbias", "dense 2 sigmoid", "run 1"),
    ("nobias", "dense 3 tanh nobias", "dense 2 softmax nobias", "run 1"),
    ("sum", "dense 3 tanh sharedbias", "dense 2 sigmoid", "reduction sum\nrun 2"),
    ("frozen weights", "dense 3 tanh", "dense 2 sigmoid", "freeze w1\nrun 1"),
    ("frozen biases", "dense 3 tanh sharedbias", "dense 2 sigmoid", "freeze b1\nfreeze b2\nrun 1"),
    ("all frozen", "dense 3 tanh", "dense 2 sigmoid", "freeze w1\nfreeze b1\nfreeze w2\nfreeze b2\nrun 1"),
    ("unfrozen later", "dense 3 tanh", "dense 2 sigmoid", "freeze w1\nrun 2\nunfreeze w1\nrun 1"),
    ("one sample", "dense 3 tanh", "dense 2 sigmoid", "batch 1\nrun 1"),
    ("all samples", "dense 3 tanh", "dense 2 sigmoid", "batch all\nrun 1"),
    ("shuffled", "dense 3 tanh", "dense 2 sigmoid", "order shuffle seed=3\nrun 3"),
    ("scaled", "dense 3 tanh", "dense 2 sigmoid", "scale standard\nholdout 0.2\nrun 3"),
    ("set by hand", "dense 3 tanh", "dense 2 sigmoid", "step 4\nset w1 = 0.5\nset mw2 = 0.1\nset x = [0.1; 0.2]"),
    ("rate of the next", "dense 3 tanh", "dense 2 sigmoid", "step iteration\nrate 0.01"),
    ("deep", "dense 2 tanh\ndense 4 relu\ndense 1 softplus", "dense 2 sigmoid", "run 1"),
  ].flatMap { name, hidden, output, then in
    ["adam", "sgd momentum=0.9 weight-decay=0.1 decay-biases=false"].map { optimizer in
      Exported(
        name: "\(name), \(optimizer)", lines: network(hidden: hidden, output: output, optimizer: optimizer, then: then))
    }
  }

  private static let all = outputs + hidden + optimizers + others
  /// Some of each kind, for what takes longer.
  private static let some =
    others + (outputs + hidden + optimizers).enumerated().filter { $0.offset % 9 == 0 }.map(\.element)

  /// Runs scripts: prints the number of each that ends well, and of each that takes altered numbers for right what was altered.
  private static let driver = #"""
    import contextlib, io, os, re, sys, warnings
    warnings.simplefilter("ignore")
    os.chdir(sys.argv[1])
    number = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")

    def run(source):
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "script", "exec"), {"__name__": "__main__"})

    def altered(lines, place):
        line = lines[place]
        start = line.rindex("[[") if "[[" in line else line.rindex("[") if "[" in line else line.index(", ")
        found = number.search(line, start)
        value = float(found.group())
        other = line[:found.start()] + repr(value + 1e-6 * (1 + abs(value))) + line[found.end():]
        return "\n".join(lines[:place] + [other] + lines[place + 1:])

    for name in sorted(os.listdir(".")):
        if not name.endswith(".py"):
            continue
        source = open(name).read()
        compile(source, name, "exec")
        if sys.argv[2] == "compile":
            print(name, "compiles")
            continue
        try:
            run(source)
        except BaseException as error:
            print(name, "fails:", repr(error)[:300].replace("\n", " "))
            continue
        print(name, "holds")
        lines = source.split("\n")
        places = [i for i, line in enumerate(lines) if re.match(r'[Wb]\d+ = \w+\.\w+\(\[|check\("\w+", ', line)]
        for place in places if sys.argv[2] == "alter" else []:
            try:
                run(altered(lines, place))
                print(name, "takes this altered:", lines[place][:100])
            except AssertionError:
                pass
        for case in [name[:-3] + "-case.npz"]:
            import numpy as np
            kept = np.load(case)
            for key in ["X", "Y", "W1", "dW1", "W1_new", "Z1", "A1", "dZ1"]:
                assert key in kept, key
    """#

  /// Writes the scripts of some networks, and says what Python prints of each, by its name.
  private func judged(_ exported: [Exported], as kind: String, _ how: String) throws -> [String: [String]] {
    let folder = TemporaryFolder()
    var names: [String: String] = [:]
    for (index, one) in exported.enumerated() {
      var session = try session(one.lines)
      let file = "s\(index).py"
      do throws(CommandError) {
        try session.execute(Line("export \(kind) \(folder.path)/\(file)"))
        names[file] = one.name
      } catch {
        // Only what is no finite number cannot be written: the logarithm of an output below 0, or of 0.
        #expect(
          error.message.description.contains(" in this iteration, and a script has nothing"),
          "\(one.name): \(error.message)")
      }
    }
    #expect(names.count > exported.count / 2)
    var printed: [String: [String]] = [:]
    for line in Python.output(of: Self.driver, folder.path, how).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      printed[names[words[0]] ?? words[0], default: []].append(words.last ?? "")
    }
    #expect(printed.count == names.count)
    return printed
  }

  @Test(.enabled(if: Python.hasNumPy)) func numpyComesToTheSameAndTakesNoOtherNumber() throws {
    for (name, printed) in try judged(Self.all, as: "numpy", "run") { #expect(printed == ["holds"], "\(name)") }
    for (name, printed) in try judged(Self.some, as: "numpy", "alter") { #expect(printed == ["holds"], "\(name)") }
  }

  @Test(.enabled(if: Python.isThere)) func torchScriptsArePython() throws {
    for (name, printed) in try judged(Self.all, as: "torch", "compile") { #expect(printed == ["compiles"], "\(name)") }
  }

  @Test(.enabled(if: Python.hasPyTorch)) func torchComesToTheSameAndTakesNoOtherNumber() throws {
    for (name, printed) in try judged(Self.all, as: "torch", "run") { #expect(printed == ["holds"], "\(name)") }
    for (name, printed) in try judged(Self.some, as: "torch", "alter") { #expect(printed == ["holds"], "\(name)") }
  }

  /// NumPy and the safetensors package read the weights that were written.
  @Test(.enabled(if: Python.hasNumPy)) func numpyReadsTheWeights() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/w.npz"
    _ = try session(Self.network(then: "set w1 = [1 2; 3 4; 5 6]\nset b1 = [0.1; 0.2; 0.3]\nexport weights \(path)"))
    let program =
      "import numpy as np, sys; f = np.load(sys.argv[1]); print(f['w1'].tolist(), f['b1'].tolist(), f['w1'].dtype)"
    #expect(
      Python.output(of: program, path) == "[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]] [0.1, 0.2, 0.3] float64\n")
  }
}
