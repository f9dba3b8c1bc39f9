import Engine
import Notation

/// What a map is of.
enum MapSubject: Equatable {
  /// Which output is the largest.
  case classes
  /// One output, counted from 0, seen from a middle: 0.5 where targets lie between 0 and 1, else 0.
  case output(Int, middle: Double)
  /// An expression that was given instead.
  case expression(MappedValues)
  /// Such an expression that has no values here, and why.
  case failed(Text)

  /// What is on show: an expression where one was given, else the outputs.
  init(_ scene: Scene) {
    guard let mapped = scene.mapped else {
      self.init(outputsOf: scene)
      return
    }
    do throws(EvaluationError) {
      let range = InputRange(scene.state.experiment.data)
      self = .expression(try MappedValues(mapped, scene.state, over: range))
    } catch {
      self = .failed(error.message)
    }
  }

  /// What is on show of a network: the classes first where there are several outputs, then each output by itself.
  init(outputsOf scene: Scene) {
    let hasClasses = MapSubject.hasClasses(scene)
    let page = min(max(scene.view.scroll(of: "map").rows, 0), MapSubject.count(scene) - 1)
    guard !hasClasses || page > 0 else {
      self = .classes
      return
    }
    let areShares = scene.state.experiment.data.targets.allSatisfy { $0 >= 0 && $0 <= 1 }
    self = .output(hasClasses ? page - 1 : page, middle: areShares ? 0.5 : 0)
  }

  /// Why there is no map, or nil.
  static func obstacle(_ experiment: Experiment) -> Text? {
    if let obstacle = experiment.obstacle { return obstacle }
    let inputs = experiment.network.inputs
    return inputs <= 2 ? nil : "a map is for networks with one or two inputs, this one has \(inputs)"
  }

  /// Whether the first thing to see are classes.
  private static func hasClasses(_ scene: Scene) -> Bool {
    scene.state.experiment.network.outputs > 1 && scene.state.experiment.network.inputs > 1
  }

  /// How many things there are to see, one after another as the panel is scrolled.
  static func count(_ scene: Scene) -> Int {
    if scene.mapped != nil { return 1 }
    return max(scene.state.experiment.network.outputs, 1) + (hasClasses(scene) ? 1 : 0)
  }

  /// The letter of a class, counted from 0.
  static func letter(_ group: Int, isCapital: Bool) -> Character {
    Character(Unicode.Scalar(UInt8(group % 26) + (isCapital ? 65 : 97)))
  }
}
