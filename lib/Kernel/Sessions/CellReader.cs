namespace FaLW.Kernel.Sessions;

/// <summary>The console's reader: a cell that reads a line asks the person at the front end.</summary>
internal sealed class CellReader : TextReader
{
    private string rest = "";

    public override string? ReadLine() =>
        rest.Length > 0 ? TakeRest().TrimEnd('\n') : CellContext.Current?.Sink.ReadLine("", password: false);

    public override int Peek() => Fill() ? rest[0] : -1;

    public override int Read()
    {
        if (!Fill()) return -1;
        var first = rest[0];
        rest = rest[1..];
        return first;
    }

    private bool Fill()
    {
        if (rest.Length == 0 && ReadLine() is { } line) rest = line + "\n";
        return rest.Length > 0;
    }

    private string TakeRest()
    {
        var taken = rest;
        rest = "";
        return taken;
    }
}
