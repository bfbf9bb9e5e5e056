package org.jkasan.agent.rewrite;

/**
 * A class file with its checks in place.
 *
 * @param classFile the new bytes
 * @param checks checks inserted, that is, call sites of hooks
 * @param outlinedMethods methods near the 64 KiB limit that got short checks and no handles
 * @param uncheckedMethods methods that have no room for any check and were left as they are
 */
public record RewrittenClass(
        byte[] classFile, int checks, int outlinedMethods, int uncheckedMethods) {}
