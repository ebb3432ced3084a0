using System.Runtime.Versioning;
using Npgsql;

namespace AmoLtv.Host.Tests;

/// <summary>The cluster of <c>deploy/postgres.sh</c> asks no password: its socket is for its owner alone.</summary>
[TestFixture]
public sealed class PrivateClusterTests
{
    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task Socket_folder_is_closed_to_other_users()
    {
        var folder = new NpgsqlConnectionStringBuilder(await DatabaseServer.CreateEmptyDatabaseAsync()).Host!;

        Assert.That(File.GetUnixFileMode(folder), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }
}
