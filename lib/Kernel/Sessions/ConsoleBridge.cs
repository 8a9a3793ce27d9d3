namespace FaLW.Kernel.Sessions;

/// <summary>Puts the cell's writers in place of the console's, once per process, and keeps the originals for the log.</summary>
internal static class ConsoleBridge
{
    private static readonly Lock Gate = new();
    private static bool installed;

    /// <summary>The process's own error stream: progress and notices, never a cell's text.</summary>
    public static TextWriter Log { get; private set; } = Console.Error;

    public static void Install()
    {
        lock (Gate)
        {
            if (installed) return;
            installed = true;
            Log = Console.Error;
            Console.SetOut(new CellWriter(StandardStream.Output, Console.Out));
            Console.SetError(new CellWriter(StandardStream.Error, Log));
            Console.SetIn(new CellReader());
        }
    }
}
