using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>Sees a change of the fields an account is written into, while nobody else can change how it is written to.</summary>
/// <param name="Before">Throws where the change is not to be made after all.</param>
/// <param name="After">Notes what has become of it.</param>
public sealed record TurnWitness(Func<NpgsqlConnection, Task> Before, Func<NpgsqlConnection, Task> After);
