using System.Text;

namespace FaLW.Kernel.Sessions;

/// <summary>The console's writer: text goes to the cell that wrote it, and between cells to where it went before.</summary>
internal sealed class CellWriter(StandardStream stream, TextWriter otherwise) : TextWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Put(value.ToString());

    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value)) Put(value);
    }

    public override void Write(char[] buffer, int index, int count) => Put(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Put(new string(buffer));

    // A line in one piece: two tasks that print at once never mix inside a line.
    public override void WriteLine(string? value) => Put(value + "\n");

    public override void WriteLine() => Put("\n");

    private void Put(string text)
    {
        if (CellContext.Current is { } cell) cell.Sink.Write(stream, text);
        else otherwise.Write(text);
    }
}
