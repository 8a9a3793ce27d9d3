using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>C++'s bool. A type of its own, so that no declaration needs a marshalling attribute per argument.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Flag(byte Value)
{
    public static implicit operator Flag(bool value) => new(value ? (byte)1 : (byte)0);

    public static implicit operator bool(Flag flag) => flag.Value != 0;
}
