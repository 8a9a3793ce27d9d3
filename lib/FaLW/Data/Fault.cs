using System.Collections;

namespace FaLW.Data;

/// <summary>
/// A fault the user can act on. The message is a sentence that names what was asked, what was found
/// and what to do; the command prints it as it is.
/// </summary>
public class Fault : Exception
{
    // A notebook engine that finds this shows the sentence and the reader's own line, and none of the library's.
    private const string ForReaders = "notebook.sentence";

    /// <summary>A fault without a sentence; exists only because exceptions are expected to have it.</summary>
    public Fault() : this("Something the user can act on went wrong, but nobody said what; please report it.") { }

    /// <summary>A fault with its sentence.</summary>
    /// <param name="message">What was asked, what was found, what to do.</param>
    public Fault(string message) : this(message, null) { }

    /// <summary>A fault with its sentence and the exception behind it.</summary>
    /// <param name="message">What was asked, what was found, what to do.</param>
    /// <param name="inner">The exception that revealed the fault, for a debugger; may be null.</param>
    public Fault(string message, Exception? inner) : base(message, inner) { }

    /// <summary>Says that the message is meant for the reader, besides whatever others note here.</summary>
    public override IDictionary Data { get; } = new Dictionary<object, object?> { [ForReaders] = true };
}
