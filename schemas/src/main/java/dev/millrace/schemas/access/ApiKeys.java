package dev.millrace.schemas.access;

import java.security.MessageDigest;
import java.util.List;
import java.util.function.BiPredicate;

/** The keys of one version of the file. Immutable. */
final class ApiKeys implements AccessCheck {
    private final List<ApiKey> keys;
    private final BiPredicate<byte[], byte[]> same;

    ApiKeys(List<ApiKey> keys) {
        this(keys, MessageDigest::isEqual);
    }

    /** @param same whether two digests are equal, in a time that does not depend on where they differ */
    ApiKeys(List<ApiKey> keys, BiPredicate<byte[], byte[]> same) {
        this.keys = List.copyOf(keys);
        this.same = same;
    }

    /** Compares with every key, found or not: how long it takes says nothing about any of them. */
    @Override
    public Access check(PresentedKey presented, AccessScope needed) {
        byte[] digest = ApiKey.digest(presented.key().orElse(""));
        ApiKey found = null;
        for (ApiKey each : keys) {
            if (same.test(each.sha256(), digest)) {
                found = each;
            }
        }
        if (found == null || presented.key().isEmpty()) {
            return new Access.Unknown();
        }
        return found.isFor(needed) ? new Access.Granted(found.name()) : new Access.OutOfScope(found.name());
    }

    /** Whether nothing differs, names and scopes included. */
    boolean areThoseOf(ApiKeys other) {
        return lines().equals(other.lines());
    }

    private List<String> lines() {
        return keys.stream().map(ApiKeyLine::write).toList();
    }

    int size() {
        return keys.size();
    }
}
