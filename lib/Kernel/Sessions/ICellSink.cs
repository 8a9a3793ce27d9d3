namespace FaLW.Kernel.Sessions;

/// <summary>Where the output of one cell goes. Called from whatever thread the cell writes on, so implementations lock.</summary>
internal interface ICellSink
{
    // Whether a person watches, so that something may be shown for a while and changed.
    bool IsLive => false;

    // Any piece of text, not only whole lines, in the order it was written.
    void Write(StandardStream stream, string text) { }

    void Display(MimeBundle bundle, string displayId) { }

    // Of something shown before, by this cell or an earlier one.
    void Update(MimeBundle bundle, string displayId) { }

    void Result(MimeBundle bundle);

    void Error(CellError error) { }

    // Waiting for the next output avoids flicker.
    void Clear(bool wait) { }

    // One line from the person at the front end; null when none can be had.
    string? ReadLine(string prompt, bool password) => null;
}

internal enum StandardStream
{
    Output,
    Error,
}
