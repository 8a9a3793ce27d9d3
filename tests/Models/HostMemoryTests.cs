using System.Runtime.InteropServices;
using FaLW.Models;

namespace FaLW.Tests.Models;

public class HostMemoryTests
{
    [Fact]
    public void Glibc_takes_both_values_unless_somebody_set_his_own()
    {
        var isGlibc = NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "gnu_get_libc_version", out _);
        var isAsked = new[] { "MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES" }.Any(name => Environment.GetEnvironmentVariable(name) is not null);
        Assert.Equal(isGlibc && !isAsked, HostMemory.Keep());
    }
}
