using FaLW.Kernel.Rendering;

namespace FaLW.Kernel.Sessions;

/// <summary>Where the output of one cell goes. Called from whatever thread the cell writes on, so implementations lock.</summary>
public interface ICellSink
{
    /// <summary>Whether a person watches, so that something may be shown for a while and changed.</summary>
    bool IsLive => false;

    /// <summary>Text for one of the streams, in the order it was written.</summary>
    /// <param name="stream">Which stream.</param>
    /// <param name="text">Any piece of text, not only whole lines.</param>
    void Write(StandardStream stream, string text);

    /// <summary>Something the cell shows.</summary>
    /// <param name="bundle">Its forms.</param>
    /// <param name="displayId">The name by which it can be updated later.</param>
    void Display(MimeBundle bundle, string displayId);

    /// <summary>A new form of something shown before, by this cell or an earlier one.</summary>
    /// <param name="bundle">Its forms now.</param>
    /// <param name="displayId">The name it was shown under.</param>
    void Update(MimeBundle bundle, string displayId);

    /// <summary>The value of the cell's last expression.</summary>
    /// <param name="bundle">Its forms.</param>
    void Result(MimeBundle bundle);

    /// <summary>What stopped the cell.</summary>
    /// <param name="error">Name, message and trace.</param>
    void Error(CellError error);

    /// <summary>Forget what the cell has put out so far.</summary>
    /// <param name="wait">Only when the next output comes, which avoids flicker.</param>
    void Clear(bool wait);

    /// <summary>One line from the person at the front end; null when none can be had.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <param name="password">Whether the answer must not be seen.</param>
    string? ReadLine(string prompt, bool password);
}
