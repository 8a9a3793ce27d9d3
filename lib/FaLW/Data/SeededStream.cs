using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace FaLW.Data;

/// <summary>
/// Random draws that are the same on every machine and every .NET version: xoshiro256** (Blackman and
/// Vigna, "Scrambled linear pseudorandom number generators", 2021), started from the SHA-256 of
/// "seed:purpose". The purpose keeps streams apart: drawing more from one never moves another.
/// </summary>
public sealed class SeededStream
{
    private ulong a, b, c, d;

    /// <summary>Opens a stream.</summary>
    /// <param name="seed">Any number; zero is a seed like every other.</param>
    /// <param name="purpose">What the draws are for, e.g. "class order".</param>
    public SeededStream(long seed, string purpose)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Invariant($"{seed}:{purpose}")));
        ulong Word(int at) => BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(8 * at));
        (a, b, c, d) = (Word(0), Word(1), Word(2), Word(3));
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>A whole number from 0 to n - 1, each equally likely (Lemire's method, "Fast random integer generation in an interval", 2019).</summary>
    /// <param name="n">Number of outcomes, at least 1.</param>
    public int Below(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var product = (Next() >> 32) * (ulong)n;
        if ((uint)product < (uint)n)
        {
            var least = unchecked((uint)-n) % (uint)n;
            while ((uint)product < least) product = (Next() >> 32) * (ulong)n;
        }

        return (int)(product >> 32);
    }

    /// <summary>A number from 0 inclusive to 1 exclusive, a multiple of 2^-53.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from the normal distribution with mean 0 and deviation 1 (Box and Muller 1958); takes two draws.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    /// <summary>Puts the items into a random order in place, each order equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>The numbers 0 to n - 1 in random order.</summary>
    public int[] Permutation(int n)
    {
        int[] numbers = [.. Enumerable.Range(0, n)];
        Shuffle<int>(numbers);
        return numbers;
    }
}
