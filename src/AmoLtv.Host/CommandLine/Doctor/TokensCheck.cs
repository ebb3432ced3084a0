using AmoLtv.Host.Installing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Whether the keys are those the stored tokens were encrypted with: after a restore they may be others.</summary>
internal sealed class TokensCheck(NpgsqlDataSource database, SecretProtector protector) : ICheck
{
    public const string Name = "tokens";

    /// <summary>A sample: accounts of one service share their keys.</summary>
    private const int Most = 100;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var tokens = await connection.QueryAsync<byte[]>(new CommandDefinition(
            "select access_token from grants where status = 'connected' and length(access_token) > 0 order by issued_at desc limit @Most",
            new { Most }, cancellationToken: cancellationToken));
        var readable = tokens.Select(CanRead).ToList();
        return [Judge(readable.Count, readable.Count(can => !can))];
    }

    internal static Finding Judge(int tokens, int unreadable) => (tokens, unreadable) switch
    {
        (0, _) => Finding.Ok(Name, "No account is connected yet."),
        (_, 0) => Finding.Ok(Name, $"The keys read the stored tokens ({tokens} tried)."),
        _ => Finding.Failed(
            Name, $"{unreadable} of {tokens} stored tokens cannot be decrypted: Keys:Folder does not hold the keys they were encrypted with.",
            "Restore the folder of keys and its certificate from their backup; else an administrator of each account has to install the integration again."),
    };

    private bool CanRead(byte[] token)
    {
        try
        {
            protector.Unprotect(token);
            return true;
        }
        catch (ConnectionLostException)
        {
            return false;
        }
    }
}
