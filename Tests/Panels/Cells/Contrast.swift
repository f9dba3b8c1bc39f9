import Glibc
import Panels

/// Colours as eyes see them: the palette of 256 as xterm defines it, and WCAG's contrast.
struct Seen {
  let red: Double
  let green: Double
  let blue: Double

  /// A colour of the palette from 16 on, as shares of light: a cube with sides at 0, 95, 135, …, then greys ten apart.
  init(_ colour: Int16) {
    let number = Int(colour) - 16
    let sides = [0.0, 95, 135, 175, 215, 255]
    let parts =
      number < 216
      ? [sides[number / 36], sides[number / 6 % 6], sides[number % 6]]
      : Array(repeating: Double(8 + 10 * (number - 216)), count: 3)
    let light = parts.map { part in
      let share = part / 255
      // As WCAG 2.1 has it.
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    self.init(light[0], light[1], light[2])
  }

  private init(_ red: Double, _ green: Double, _ blue: Double) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

  func contrast(on ground: Seen) -> Double {
    let (light, dark) = (max(luminance, ground.luminance), min(luminance, ground.luminance))
    return (light + 0.05) / (dark + 0.05)
  }

  /// As someone without the cones for green sees it: the matrix of Machado, Oliveira and Fernandes (2009).
  var withoutGreenCones: Seen {
    func part(_ r: Double, _ g: Double, _ b: Double) -> Double { min(max(r * red + g * green + b * blue, 0), 1) }
    return Seen(
      part(0.367322, 0.860646, -0.227968), part(0.280085, 0.672501, 0.047413), part(-0.011820, 0.042940, 0.968881))
  }

  /// How much yellower than grey it is in CIELAB's `b*`; blue is below zero.
  var yellowness: Double {
    func root(_ share: Double) -> Double { share > 0.008856 ? cbrt(share) : 7.787 * share + 16 / 116 }
    let blueness = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    return 200 * (root(luminance) - root(blueness))
  }
}
