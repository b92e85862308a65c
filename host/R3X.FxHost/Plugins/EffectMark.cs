using System;
using System.Reflection.Metadata;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Plugins;

/// <summary>What an assembly's <see cref="EffectAttribute"/> says, read from metadata.</summary>
/// <param name="Id">The effect's id as written; may be anything.</param>
/// <param name="Name">The effect's name as written.</param>
/// <param name="Role">The number of its role; may be none of <see cref="EffectRole"/>.</param>
/// <param name="ApiLevel">The level of the contract it was built with; null when its attribute has a shape this host
/// does not know.</param>
internal sealed record EffectMark(string Id, string Name, int Role, int? ApiLevel)
{
    private const ushort BlobProlog = 1;

    /// <summary>What the effect does, a sentence; empty where nothing is said.</summary>
    public string Help { get; private init; } = "";

    /// <summary>Reads the mark; null when the assembly has none, as the libraries beside a plugin.</summary>
    /// <exception cref="BadImageFormatException">The metadata is damaged.</exception>
    public static EffectMark? Read(MetadataReader metadata)
    {
        foreach (CustomAttributeHandle handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (IsOfType(metadata, attribute, typeof(EffectAttribute)))
                return Decode(metadata, attribute);
        }

        return null;
    }

    /// <summary>Whether an attribute's type has the name of a known one, whatever assembly it comes from.</summary>
    public static bool IsOfType(MetadataReader metadata, CustomAttribute attribute, Type type)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return false;
        EntityHandle parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
            return false;
        TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return metadata.StringComparer.Equals(reference.Name, type.Name)
            && metadata.StringComparer.Equals(reference.Namespace, type.Namespace ?? "");
    }

    private static EffectMark Decode(MetadataReader metadata, CustomAttribute attribute)
    {
        if (!HasKnownShape(metadata, attribute))
            return new EffectMark("", "", 0, null);
        BlobReader blob = metadata.GetBlobReader(attribute.Value);
        if (blob.ReadUInt16() != BlobProlog)
            throw new BadImageFormatException("The effect attribute's value is damaged.");
        var mark = new EffectMark(
            blob.ReadSerializedString() ?? "",
            blob.ReadSerializedString() ?? "",
            blob.ReadInt32(),
            blob.ReadInt32());
        return mark with { Help = ReadHelp(ref blob) };
    }

    // Named arguments come after those four: texts and truth values so far. Newer Sdks may add some of other types,
    // whose length is not known: what follows them is not read.
    private static string ReadHelp(ref BlobReader blob)
    {
        for (int left = blob.ReadUInt16(); left > 0; left--)
        {
            blob.ReadSerializationTypeCode();
            SerializationTypeCode type = blob.ReadSerializationTypeCode();
            if (type is not (SerializationTypeCode.String or SerializationTypeCode.Boolean))
                break;
            string? name = blob.ReadSerializedString();
            string? text = type == SerializationTypeCode.String ? blob.ReadSerializedString() : null;
            if (type == SerializationTypeCode.Boolean)
                blob.ReadBoolean();
            if (name == nameof(EffectAttribute.Help))
                return text ?? "";
        }

        return "";
    }

    // The blob holds bare values; only the constructor's signature says of which types (ECMA-335, II.23.3).
    private static bool HasKnownShape(MetadataReader metadata, CustomAttribute attribute)
    {
        MemberReference constructor = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor);
        BlobReader signature = metadata.GetBlobReader(constructor.Signature);
        signature.ReadSignatureHeader();
        if (signature.ReadCompressedInteger() != 4
            || signature.ReadSignatureTypeCode() != SignatureTypeCode.Void
            || signature.ReadSignatureTypeCode() != SignatureTypeCode.String
            || signature.ReadSignatureTypeCode() != SignatureTypeCode.String
            || signature.ReadSignatureTypeCode() != SignatureTypeCode.TypeHandle)
            return false;
        signature.ReadTypeHandle();
        return signature.ReadSignatureTypeCode() == SignatureTypeCode.Int32;
    }
}
