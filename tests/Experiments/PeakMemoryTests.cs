using System.Runtime.InteropServices;

namespace FaLW.Tests.Experiments;

/// <summary>The memory a stage is charged with is its own.</summary>
public sealed class PeakMemoryTests
{
    private const int Mebibytes = 300;

    [Fact]
    public void Work_is_charged_with_what_it_held_and_not_with_what_others_held_before()
    {
        Assert.SkipUnless(PeakMemory.Restart(), "This system does not count.");
        Hold();
        var large = PeakMemory.Mebibytes();
        Assert.True(PeakMemory.Restart());
        var after = PeakMemory.Mebibytes();
        Assert.True(large > Mebibytes, $"{large}");
        Assert.True(after < large - Mebibytes / 2, $"{after} after {large}");
    }

    private static unsafe void Hold()
    {
        const int Bytes = Mebibytes * 1024 * 1024;
        var block = NativeMemory.Alloc(Bytes);
        NativeMemory.Fill(block, Bytes, 1);
        NativeMemory.Free(block);
    }
}
