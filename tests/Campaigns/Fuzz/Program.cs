using FaLW.Tests.Campaigns;
using SharpFuzz;

// Instrumented code counts into this memory from its first call on; the fuzzer puts its own there once it runs.
unsafe
{
    SharpFuzz.Common.Trace.SharedMem = (byte*)System.Runtime.InteropServices.NativeMemory.AllocZeroed(1 << 16);
}

// seeds DIR: healthy inputs, a folder for each reader. NAME: a reader at work for afl-fuzz. NAME FILE: once, to see what a file does.
switch (args)
{
    case ["seeds", var folder]:
        foreach (var reader in Reader.All) File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, reader.Name)).FullName, "healthy"), reader.Healthy());
        break;
    case [var name, .. var file]:
        var read = Reader.All.First(reader => reader.Name == name).Read;
        if (file is [var path]) Try(File.ReadAllBytes(path));
        else Fuzzer.OutOfProcess.Run(stream =>
        {
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Try(bytes.ToArray());
        });
        void Try(byte[] bytes)
        {
            try
            {
                read(bytes);
            }
            catch (Exception fault) when (Reader.IsAnswer(fault))
            {
                // A sentence is what is asked for.
            }
        }

        break;
}
