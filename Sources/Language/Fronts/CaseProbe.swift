/// The lines that somebody pastes into a script of their own to save a case: a row for each program that it may be written
/// for.
package struct CaseProbe: Sendable {
  /// What the program is called.
  package let name: String
  /// The lines.
  package let lines: [String]

  /// Every probe; a new one is one row.
  package static let all: [CaseProbe] = [
    CaseProbe(
      name: "numpy",
      """
      # Between the backward pass and the update. Leave out what is not there; add a line for each further layer.
      # In another terminal: backstep watch case.npz
      import numpy as np
      np.savez("case.npz",
               X=X, Y=Y,                    # inputs and targets, samples as rows or as columns
               W1=W1, b1=b1, W2=W2, b2=b2,  # weights in whatever layout, as the forward pass read them
               Z1=Z1, A1=A1, Z2=Z2, A2=A2,  # pre-activations and activations
               loss=loss, rate=rate,        # the loss as it is reported, and the learning rate
               dZ2=dZ2, dW2=dW2, db2=db2,   # gradients, with or without the mean over the samples
               dZ1=dZ1, dW1=dW1, db1=db1)
      """),
    CaseProbe(
      name: "torch",
      """
      # Behind loss.backward(), before optimizer.step(); inputs and targets are what the model was given.
      # In another terminal: backstep watch case.npz
      import numpy as np
      case = {"X": inputs, "Y": targets, "loss": loss}
      for name, parameter in model.named_parameters():
          case[name] = parameter                  # 0.weight, fc1.bias …
          if parameter.grad is not None:
              case[name + ".grad"] = parameter.grad
      np.savez("case.npz", **{name: value.detach().cpu().numpy() for name, value in case.items()})
      """),
  ]

  /// The probe of that name.
  package static func named(_ name: String) -> CaseProbe? { all.first { $0.name == name } }

  private init(name: String, _ text: String) {
    self.name = name
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
