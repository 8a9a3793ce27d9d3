namespace FaLW.Kernel.Rendering;

/// <summary>Text that is to be shown as something other than plain text.</summary>
/// <param name="Mime">What it is, such as <c>text/html</c> or <c>text/markdown</c>.</param>
/// <param name="Text">The text itself.</param>
public sealed record DisplayedText(string Mime, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
