using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace FaLW.Build
{
    /// <summary>
    /// TorchSharp's native part was built with GCC 13 and asks the C++ library for a version that Debian 12 and Ubuntu 22.04 do not have.
    /// One symbol carries it, an empty marker that nothing calls or reads, so the need may be called weak: the loader then goes on
    /// without it. To be deleted with support for Debian 12. Compiled by MSBuild as it is (Torch.targets), hence the plain language.
    /// </summary>
    public static class WeakVersion
    {
        /// <summary>The version that is asked for.</summary>
        public const string Version = "GLIBCXX_3.4.32";

        /// <summary>The one symbol that may carry it.</summary>
        public const string Marker = "_ZSt21ios_base_library_initv";

        private const ushort Weak = 2;
        private const uint Relocations = 4, Symbols = 11, Needs = 0x6ffffffe, Versions = 0x6fffffff;

        /// <summary>Marks the need as weak.</summary>
        /// <param name="library">The bytes of a 64-bit little-endian ELF library; changed in place when the answer is true.</param>
        /// <returns>True when something was changed, false when there was nothing to do.</returns>
        /// <exception cref="InvalidDataException">The need is more than the marker's, or the file is something else.</exception>
        public static bool Apply(byte[] library)
        {
            return Reading(() => Change(library));
        }

        /// <summary>Whether the need is there and marked as weak.</summary>
        /// <param name="library">The bytes of a 64-bit little-endian ELF library.</param>
        /// <exception cref="InvalidDataException">The file is something else.</exception>
        public static bool IsWeak(byte[] library)
        {
            return Reading(() => Find(library, Sections(library)) is int need && IsMarked(library, need));
        }

        private static bool Change(byte[] library)
        {
            var sections = Sections(library);
            if (!(Find(library, sections) is int need) || IsMarked(library, need)) return false;
            var index = BitConverter.ToUInt16(library, need + 6);
            var carriers = Carriers(library, sections, index).ToList();
            if (carriers.Count != 1 || carriers[0].Name != Marker)
                throw new InvalidDataException($"{Version} is needed by {string.Join(", ", carriers.Select(c => c.Name))}, not by {Marker} alone");
            if (sections.Where(s => s.Type == Relocations).Any(s => Enumerable.Range(0, s.Size / 24).Any(i => BitConverter.ToInt32(library, s.Offset + (24 * i) + 12) == carriers[0].Row)))
                throw new InvalidDataException($"{Marker} is called or read");
            library[need + 4] |= (byte)Weak;
            return true;
        }

        private static bool IsMarked(byte[] library, int need)
        {
            return (BitConverter.ToUInt16(library, need + 4) & Weak) != 0;
        }

        // Offsets of a damaged file lead anywhere.
        private static bool Reading(Func<bool> read)
        {
            try
            {
                return read();
            }
            catch (Exception fault) when (fault is ArgumentException || fault is IndexOutOfRangeException || fault is InvalidOperationException)
            {
                throw new InvalidDataException("the file is damaged or cut short", fault);
            }
        }

        // Chains go forward only: a damaged one must end too.
        private static int Next(byte[] file, int at)
        {
            var step = BitConverter.ToInt32(file, at);
            return step >= 0 ? step : throw new InvalidDataException("the file is damaged");
        }

        private static List<(uint Type, int Offset, int Size, int Link)> Sections(byte[] file)
        {
            if (file.Length < 64 || BitConverter.ToUInt32(file, 0) != 0x464c457f || file[4] != 2 || file[5] != 1)
                throw new InvalidDataException("it is not a 64-bit little-endian ELF file");
            var (at, size, count) = ((int)BitConverter.ToInt64(file, 40), BitConverter.ToUInt16(file, 58), BitConverter.ToUInt16(file, 60));
            if (size != 64 || at < 0 || at + ((long)size * count) > file.Length) throw new InvalidDataException("the file is cut short");
            return Enumerable.Range(0, count).Select(i => at + (i * size))
                .Select(s => (BitConverter.ToUInt32(file, s + 4), (int)BitConverter.ToInt64(file, s + 24), (int)BitConverter.ToInt64(file, s + 32), BitConverter.ToInt32(file, s + 40)))
                .ToList();
        }

        // Where the entry (Vernaux) of the version begins. The lists are chained by relative offsets; 0 ends them.
        private static int? Find(byte[] file, List<(uint Type, int Offset, int Size, int Link)> sections)
        {
            foreach (var section in sections.Where(s => s.Type == Needs))
            {
                for (int library = section.Offset, next = -1; next != 0; library += next = Next(file, library + 12))
                {
                    for (int entry = library + BitConverter.ToInt32(file, library + 8), step = -1; step != 0; entry += step = Next(file, entry + 12))
                    {
                        if (Text(file, sections[section.Link].Offset + BitConverter.ToInt32(file, entry + 8)) == Version) return entry;
                    }
                }
            }
            return null;
        }

        private static IEnumerable<(int Row, string Name)> Carriers(byte[] file, List<(uint Type, int Offset, int Size, int Link)> sections, int index)
        {
            var (versions, symbols) = (sections.Single(s => s.Type == Versions), sections.Single(s => s.Type == Symbols));
            return Enumerable.Range(0, versions.Size / 2)
                .Where(row => (BitConverter.ToUInt16(file, versions.Offset + (2 * row)) & 0x7fff) == index)
                .Select(row => (row, Text(file, sections[symbols.Link].Offset + BitConverter.ToInt32(file, symbols.Offset + (24 * row)))));
        }

        private static string Text(byte[] file, int at) => Encoding.ASCII.GetString(file, at, Array.IndexOf<byte>(file, 0, at) - at);
    }

#if !NET
    /// <summary>The build step: replaces the copy in an output folder, never the file of the package.</summary>
    public sealed class WeakenVersion : Microsoft.Build.Utilities.Task
    {
        /// <summary>The copy of libLibTorchSharp.so.</summary>
        public string Library { get; set; }

        /// <summary>Also where this machine needs it not: the copy goes elsewhere.</summary>
        public bool Always { get; set; }

        /// <inheritdoc/>
        public override bool Execute()
        {
            if (!Always && MachineKnowsIt()) return true;
            var bytes = File.ReadAllBytes(Library);
            try
            {
                if (!WeakVersion.Apply(bytes)) return true;
            }
            catch (InvalidDataException fault)
            {
                Log.LogError($"{Library} needs a newer C++ library ({WeakVersion.Version}) than this machine has, and cannot do without: {fault.Message}. Build on a newer distribution (Debian 13, Ubuntu 24.04), or put a newer libstdc++.so.6 on LD_LIBRARY_PATH.");
                return false;
            }
            // The same date as before: the next build then leaves the file alone. A new file: the old one may be a link into the package folder.
            var (date, draft) = (File.GetLastWriteTimeUtc(Library), Library + ".draft");
            File.WriteAllBytes(draft, bytes);
            File.SetLastWriteTimeUtc(draft, date);
            File.Delete(Library);
            File.Move(draft, Library);
            return true;
        }

        private static bool MachineKnowsIt()
        {
            var library = dlopen("libstdc++.so.6", 2);
            return library != IntPtr.Zero && dlvsym(library, WeakVersion.Marker, WeakVersion.Version) != IntPtr.Zero;
        }

        [System.Runtime.InteropServices.DllImport("libc.so.6")]
        private static extern IntPtr dlopen(string name, int flags);

        [System.Runtime.InteropServices.DllImport("libc.so.6")]
        private static extern IntPtr dlvsym(IntPtr library, string symbol, string version);
    }
#endif
}
