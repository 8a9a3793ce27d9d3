namespace FaLW.Kernel.Sessions;

/// <summary>The two streams a program writes text to.</summary>
public enum StandardStream
{
    /// <summary>Standard output.</summary>
    Output,

    /// <summary>Standard error.</summary>
    Error,
}
