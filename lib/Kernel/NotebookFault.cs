namespace FaLW.Kernel;

/// <summary>A fault a person can mend: the message is a sentence that says what was asked, what was found and what to do.</summary>
public sealed class NotebookFault : Exception
{
    /// <summary>A fault with its sentence.</summary>
    /// <param name="message">What was asked, what was found, what to do.</param>
    /// <param name="inner">The cause, if another exception was.</param>
    public NotebookFault(string message, Exception? inner = null) : base(message, inner) { }
}
