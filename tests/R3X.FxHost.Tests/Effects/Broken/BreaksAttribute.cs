using System;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Names the checks that a broken effect must fail, all of them and no other.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class BreaksAttribute(params Type[] checks) : Attribute
{
    public Type[] Checks { get; } = checks;
}
