using System.Text.Json.Serialization;

namespace FaLW.Data;

/// <summary>How training images are varied.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Augmentation>))]
public enum Augmentation
{
    /// <summary>Images as they are.</summary>
    None,

    /// <summary>A border of 4 black pixels, a random crop of the original size, then a mirror image in half of the cases.</summary>
    CropFlip,
}
