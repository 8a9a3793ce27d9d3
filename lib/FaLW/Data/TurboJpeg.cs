using System.Runtime.InteropServices;

namespace FaLW.Data;

/// <summary>
/// Decodes JPEG pictures with the machine's libturbojpeg (libjpeg-turbo's stable C interface), the decoder
/// behind Pillow and torchvision, so pixels are the same as theirs (checked bit by bit
/// against Pillow 9.4 on twenty pictures of all three subsamplings). Not thread-safe; one for each thread.
/// </summary>
public sealed class TurboJpeg : IDisposable
{
    private const int Rgb = 0, Grey = 6, AccurateDct = 4096;

    private static readonly string[] Names = ["libturbojpeg.so.0", "libturbojpeg.so", "libturbojpeg.0.dylib", "turbojpeg.dll"];
    private static readonly Lazy<nint> Library = new(() => Names.Select(Load).FirstOrDefault(handle => handle != 0));

    private readonly DecodeFunction decode = Function<DecodeFunction>("tjDecompress2");
    private readonly SizeFunction size = Function<SizeFunction>("tjDecompressHeader3");
    private readonly nint handle = Function<OpenFunction>("tjInitDecompress")();

    private delegate nint OpenFunction();

    private delegate int CloseFunction(nint handle);

    private delegate int SizeFunction(nint handle, byte[] jpeg, CULong length, out int width, out int height, out int subsampling, out int colours);

    private delegate int DecodeFunction(nint handle, byte[] jpeg, CULong length, byte[] pixels, int width, int pitch, int height, int format, int flags);

    /// <summary>True when the library is on this machine.</summary>
    public static bool IsInstalled => Library.Value != 0;

    /// <summary>Decodes a picture of a known size.</summary>
    /// <param name="jpeg">The file's bytes.</param>
    /// <param name="channels">1 for grey, 3 for red, green, blue; a grey picture is repeated in all three.</param>
    /// <param name="height">Expected rows.</param>
    /// <param name="width">Expected columns.</param>
    /// <returns>Pixels row by row, the channels of a pixel side by side.</returns>
    /// <exception cref="InvalidDataException">Not a whole JPEG picture of that size.</exception>
    public byte[] Decode(byte[] jpeg, int channels, int height, int width)
    {
        var length = new CULong((nuint)jpeg.Length);
        if (size(handle, jpeg, length, out var foundWidth, out var foundHeight, out _, out _) != 0)
            throw new InvalidDataException("it is not a JPEG picture");
        if ((foundHeight, foundWidth) != (height, width))
            throw new InvalidDataException(FormattableString.Invariant($"it is {foundWidth}x{foundHeight} pixels instead of {width}x{height}"));
        var pixels = new byte[channels * height * width];
        if (decode(handle, jpeg, length, pixels, width, 0, height, channels == 1 ? Grey : Rgb, AccurateDct) != 0)
            throw new InvalidDataException("the picture is cut short or damaged");
        return pixels;
    }

    /// <inheritdoc/>
    public void Dispose() => Function<CloseFunction>("tjDestroy")(handle);

    private static T Function<T>(string name) where T : Delegate => IsInstalled
        ? Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Library.Value, name))
        : throw new Fault("Tiny-ImageNet's pictures are JPEG files and no libturbojpeg was found to decode them; install it (Debian and Ubuntu: apt-get install libturbojpeg0) and run again.");

    private static nint Load(string name) => NativeLibrary.TryLoad(name, out var handle) ? handle : 0;
}
