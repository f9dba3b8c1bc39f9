/// What keys do, by name: the table of keys says which key does what where, and what acts switches over these.
extension Binding {
  /// What concerns the screen as a whole.
  package enum Act: Sendable {
    /// Ends a run between two steps, or forgets the last answer.
    case stop
    /// Draws everything anew.
    case redraw
    /// Leaves backstep; asks first while a script is presented, and where lines are in no file.
    case quit
    /// Answers a question: saves the lines, and leaves then.
    case saveAndLeave
    /// Answers a question: does what the line was kept from.
    case goAhead
    /// Leaves backstep, unasked.
    case leave
    /// Closes what lies over the panels.
    case close
    /// Runs the script's next command.
    case next
    /// Runs all of the script's commands that are left.
    case playOut
    /// Takes back the script's last command.
    case previous
    /// Goes back from a detour to where the script stands.
    case resume
    /// Begins the guide, or ends it.
    case guide
  }

  /// In a menu.
  package enum MenuAct: Sendable {
    /// The row above or below, one as far as is seen, the first or the last.
    case above, below, pageUp, pageDown, first, last
    /// Takes the chosen row.
    case take
    /// Goes back to the page before, or closes the menu.
    case back
    /// Takes back the last letter that was typed to narrow the list down, else goes back.
    case widen
    /// Begins to narrow the list down anew.
    case find
    /// Closes the menu.
    case close
  }

  /// With a value that is edited in its place.
  package enum ValueAct: Sendable {
    /// Nudges it up or down.
    case more, less
    /// Takes it.
    case take
    /// Takes it, and edits the next one.
    case takeAndGoOn
    /// Leaves it as it was.
    case giveUp
  }

  /// In a text that is being typed.
  package enum TextAct: CaseIterable, Sendable {
    /// Moves the cursor.
    case characterOn, characterBack, wordOn, wordBack, lineStart, lineEnd
    /// Takes a character out.
    case rubOut, delete
    /// The same, and in an empty text leaves it.
    case deleteOrLeave
    /// Takes a part out, to be put back.
    case cutRest, cutStart, cutBlankWord, cutWordOn, cutWordBack
    /// Puts it back.
    case putBack
    /// Exchanges the two characters around the cursor.
    case exchange
  }

  /// At the prompt.
  package enum PromptAct: Sendable {
    /// Gives the line.
    case submit
    /// Takes back what completion put in, else leaves the prompt.
    case leave
    /// Leaves the prompt, and ends a run.
    case interrupt
    /// Completes the word, with the next or the last of what is offered.
    case complete, completeBack
    /// A line given before, or after that.
    case older, newer
    /// Looks for a line given before.
    case search
  }

  /// While a line given before is looked for.
  package enum SearchAct: Sendable {
    /// One that was given before the one found.
    case older
    /// Takes back the last letter.
    case rubOut
    /// Puts back the line that was there.
    case leave
  }
}
