namespace FaLW.Data;

/// <summary>
/// A fault the user can act on. The message is a sentence that names what was asked, what was found
/// and what to do; the command prints it as it is.
/// </summary>
public class Fault : Exception
{
    /// <summary>A fault without a sentence; exists only because exceptions are expected to have it.</summary>
    public Fault() : this("Something the user can act on went wrong, but nobody said what; please report it.") { }

    /// <summary>A fault with its sentence.</summary>
    /// <param name="message">What was asked, what was found, what to do.</param>
    public Fault(string message) : base(message) { }

    /// <summary>A fault with its sentence and the exception behind it.</summary>
    /// <param name="message">What was asked, what was found, what to do.</param>
    /// <param name="inner">The exception that revealed the fault, for a debugger; may be null.</param>
    public Fault(string message, Exception? inner) : base(message, inner) { }
}
