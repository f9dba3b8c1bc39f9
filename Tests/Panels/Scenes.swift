import Engine

@testable import Panels

/// Experiments that the tests of the panels look at.
enum Scenes {
  /// A network of those sizes, all layers activated alike, with one sample to learn from.
  static func experiment(
    _ sizes: [Int], _ activation: String = "sigmoid", loss: String = "half-squared-error", samples: Int = 1
  ) -> Experiment {
    var network = Network()
    network.inputs = sizes.first ?? 0
    for units in sizes.dropFirst() {
      guard let rule = Activation.named(activation) else { continue }
      network.layers.append(Layer(units: units, activation: ActivationChoice(rule)))
    }
    if let rule = Loss.named(loss) { network.loss = LossChoice(rule) }
    var data = Dataset()
    for sample in 0..<samples {
      data.append(
        input: (0..<network.inputs).map { Double(($0 * 7 + sample * 3) % 11) / 10 - 0.3 },
        target: (0..<network.outputs).map { $0 == sample % max(network.outputs, 1) ? 1.0 : 0 })
    }
    return Experiment(network: network, data: data)
  }

  /// Matt Mazur's example, as the design has it.
  static func mazur() -> Timeline {
    var experiment = experiment([2, 2, 2], samples: 0)
    experiment.network.name = "mazur"
    _ = experiment.network.optimizer.set("rate", to: 0.5)
    for layer in experiment.network.layers.indices { experiment.network.layers[layer].freezesBiases = true }
    experiment.data.append(input: [0.05, 0.10], target: [0.01, 0.99])
    var timeline = Timeline(experiment)
    timeline.change { _, parameters in
      parameters[0].w.values = [0.15, 0.20, 0.25, 0.30]
      parameters[0].b.values = [0.35, 0.35]
      parameters[1].w.values = [0.40, 0.45, 0.50, 0.55]
      parameters[1].b.values = [0.60, 0.60]
    }
    return timeline
  }

  /// One softmax layer under cross-entropy, of logits 2, 1 and 0.1.
  static func softmax() -> Timeline {
    var experiment = experiment([3, 3], "softmax", loss: "cross-entropy", samples: 0)
    experiment.network.name = "softmax-ce"
    experiment.data.append(input: [2, 1, 0.1], target: [1, 0, 0])
    var timeline = Timeline(experiment)
    timeline.change { _, parameters in parameters[0].w.values = [1, 0, 0, 0, 1, 0, 0, 0, 1] }
    return timeline
  }

  /// A scene as a user sees it after so many strides.
  static func scene(_ timeline: Timeline, steps: Int = 0, by stride: Engine.Stride = .layer) -> Scene {
    var timeline = timeline
    var view = View()
    view.stride = stride
    for _ in 0..<steps {
      timeline.move(to: timeline.place(1, on: stride))
      view = view.afterStep(timeline.state)
    }
    if steps == 0 { view = view.afterStep(timeline.state) }
    var scene = Scene(timeline)
    scene.view = view
    scene.title = timeline.experiment.network.name
    scene.hints = hints
    return scene
  }

  /// Keys for the footer and the help.
  static let hints = [
    KeyHint("→", "step"), KeyHint("←", "back"), KeyHint("↑↓", "cell", in: ["layer", "network", "jacobian"]),
    KeyHint("Enter", "unfold"), KeyHint("e", "edit"), KeyHint("c", "claim"), KeyHint("Tab", "panel"),
    KeyHint(":", "command"), KeyHint("?", "help"), KeyHint("q", "quit"), KeyHint("Esc", "stop", in: ["run"]),
    KeyHint("Esc", "close", in: ["help"]), KeyHint("↑↓", "history", in: ["prompt"]),
    KeyHint("Tab", "complete", in: ["prompt"]),
  ]
}

extension Panel {
  /// The panel drawn without its rule in so many cells; blank where it has nothing to show.
  func draw(_ scene: Scene, _ width: Int, _ height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    ready(scene)?.fitted(to: width).draw(&grid)
    return grid
  }

  /// The panel with its rule in so many cells; blank where it has nothing to show.
  func framed(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    if let prepared = ready(scene) {
      draw(prepared, prepared.fitted(to: width), isFocused: scene.view.focus == name, into: &grid)
    }
    return grid
  }

  /// What `show` prints of it.
  func lines(_ scene: Scene, width: Int = 80) -> [String] { ((try? shown(scene, width: width)) ?? nil)?.lines ?? [] }

  /// Its heading, where it has something to show.
  func title(_ scene: Scene) -> Title? { ready(scene)?.title?() }

  /// Why it has nothing to show, where it says so.
  func missing(_ scene: Scene) -> Text? {
    do throws(Missing) { _ = try prepare(scene) } catch { return error.reason }
    return nil
  }
}
