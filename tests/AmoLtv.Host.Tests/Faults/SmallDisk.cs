using System.Globalization;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Faults;

/// <summary>A small file system in memory for a tablespace, which can be filled and emptied again. Mounting takes root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Megabytes = 256;

    private readonly string _filler;

    private SmallDisk(string folder) => (Folder, _filler) = (folder, Path.Combine(folder, "filler"));

    public string Folder { get; }

    /// <summary>Where PostgreSQL keeps a tablespace of its own.</summary>
    public string Tablespace => Path.Combine(Folder, "tablespace");

    /// <exception cref="IgnoreException">It may not be mounted here.</exception>
    public static async Task<SmallDisk> MountAsync()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Requirement.IsMissing("A disk of its own is mounted for this test, which only root may do.");
        }

        var folder = Directory.CreateTempSubdirectory("amoltv-disk-").FullName;
        if (await Programs.RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={Megabytes}m,mode=755"), "tmpfs", folder) is (not 0, var why))
        {
            Directory.Delete(folder);
            Requirement.IsMissing("A disk of its own is mounted for this test, which this machine does not allow: " + why);
        }

        var disk = new SmallDisk(folder);
        Directory.CreateDirectory(disk.Tablespace);
        return disk;
    }

    /// <param name="owner">A folder of the user that the server runs as.</param>
    public async Task GiveAsync(string owner) =>
        Assert.That(await Programs.RunAsync("chown", "--reference=" + owner, Tablespace), Is.EqualTo((0, "")));

    /// <summary>Takes all room but a little.</summary>
    public async Task FillAsync(int leftKilobytes)
    {
        await using var filler = File.Create(_filler);
        var block = new byte[1 << 16];
        for (var left = new DriveInfo(Folder).AvailableFreeSpace - (leftKilobytes << 10); left > 0; left -= block.Length)
        {
            await filler.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)));
        }
    }

    public void Empty() => File.Delete(_filler);

    public async ValueTask DisposeAsync()
    {
        Assert.That(await Programs.RunAsync("umount", Folder), Is.EqualTo((0, "")));
        Directory.Delete(Folder);
    }
}
