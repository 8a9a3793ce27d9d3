using System.Security.Cryptography;
using System.Text;

namespace FaLW.Kernel.Jupyter;

/// <summary>Signs the four parts of a message and says whether a signature is right and new (HMAC-SHA256, as hexadecimal text).</summary>
internal sealed class Signer(string key)
{
    private const int Remembered = 1 << 16;

    private readonly byte[] secret = Encoding.UTF8.GetBytes(key);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private readonly Lock gate = new();

    public byte[] Sign(params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        foreach (var part in parts) hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Whether the parts were signed by somebody who knows the key, and not sent before.</summary>
    public bool Accepts(byte[] signature, params ReadOnlySpan<byte[]> parts) =>
        CryptographicOperations.FixedTimeEquals(signature, Sign(parts)) && IsNew(Encoding.ASCII.GetString(signature));

    private bool IsNew(string signature)
    {
        lock (gate)
        {
            if (!seen.Add(signature)) return false;
            order.Enqueue(signature);
            if (order.Count > Remembered) seen.Remove(order.Dequeue());
            return true;
        }
    }
}
