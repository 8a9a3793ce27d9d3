using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace FaLW.Kernel.Rendering;

/// <summary>Width and height of a PNG, and the size at which one drawn for a dense screen should be shown.</summary>
internal static class PngSize
{
    private const int HeaderLength = 33;
    private const double DotsPerMetreAt96 = 96 / 0.0254;

    /// <summary>Width and height in pixels, or null for something that is no PNG.</summary>
    public static (int Width, int Height)? Of(ReadOnlySpan<byte> png)
    {
        if (png.Length < HeaderLength || !png.StartsWith(Signature)) return null;
        return (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]));
    }

    /// <summary>Remarks that show a picture with a stated density at its natural size.</summary>
    public static JsonObject Remarks(JsonObject data)
    {
        var remarks = new JsonObject();
        if (data["image/png"] is not JsonValue text || !TryDecode(text.ToString(), out var png)) return remarks;
        if (Of(png) is not { } size || Density(png) is not { } density) return remarks;
        remarks["image/png"] = new JsonObject { ["height"] = (int)Math.Round(size.Height / density), ["width"] = (int)Math.Round(size.Width / density) };
        return remarks;
    }

    public static bool TryDecode(string base64, out byte[] bytes)
    {
        bytes = new byte[base64.Length];
        var done = Convert.TryFromBase64String(base64, bytes, out var length);
        Array.Resize(ref bytes, done ? length : 0);
        return done;
    }

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    // Pixels per CSS pixel from the pHYs chunk; null when the picture does not say, or says one.
    private static double? Density(ReadOnlySpan<byte> png)
    {
        for (var at = 8; at + 21 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png[at..]);
            var name = png.Slice(at + 4, 4);
            if (name.SequenceEqual("IDAT"u8) || length < 0) return null;
            if (name.SequenceEqual("pHYs"u8) && png[at + 16] == 1)
                return BinaryPrimitives.ReadInt32BigEndian(png[(at + 8)..]) / DotsPerMetreAt96 is > 1.01 and var density ? density : null;
            at += length + 12;
        }
        return null;
    }
}
