namespace FaLW.Kernel;

/// <summary>A fault a person can mend: the message is a sentence that says what was asked, what was found and what to do.</summary>
/// <param name="message">What was asked, what was found, what to do.</param>
/// <param name="inner">The cause, if another exception was.</param>
public sealed class NotebookFault(string message, Exception? inner = null) : Exception(message, inner);
