package org.jkasan.samples.launch;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where code that runs was loaded from. */
public final class CodeLocation {

    private CodeLocation() {}

    /** The jar, or the directory of classes, that a class of the class path was loaded from. */
    public static Path of(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
