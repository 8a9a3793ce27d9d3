namespace FaLW.Kernel.Sessions;

/// <summary>Native output on its way to the cells. Turned on once by a program that owns its process; a library never does.</summary>
internal static class NativeStreams
{
    private static readonly List<NativePipe> Pipes = [];

    /// <summary>Turns standard output, and if asked standard error, to the cells. Does nothing where there is no libc.</summary>
    /// <remarks>
    /// A headless run leaves standard error alone: what a native library warns of depends on the machine, and belongs to
    /// the log and not into a notebook that others run as well.
    /// </remarks>
    public static void Turn(bool errorToo)
    {
        if (!LibC.IsThere || Pipes.Count > 0) return;
        // The console's own writers keep a copy of the descriptors from before, once they exist.
        ConsoleBridge.Install();
        Pipes.Add(new NativePipe(1, StandardStream.Output));
        if (errorToo) Pipes.Add(new NativePipe(2, StandardStream.Error));
    }

    /// <summary>Lets what native code wrote come before what the cell writes next.</summary>
    public static void Settle()
    {
        foreach (var pipe in Pipes)
            if (pipe.IsPending)
                pipe.Drain();
    }

    /// <summary>Waits until the cells have all that was written so far.</summary>
    public static void Drain()
    {
        if (Pipes.Count == 0) return;
        _ = LibC.Flush(0);
        foreach (var pipe in Pipes) pipe.Drain();
    }
}
