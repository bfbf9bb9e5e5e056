package org.jkasan.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Makes the configuration out of what the user gave. Strict: whatever is not understood is an
 * error. An agent argument wins over a system property, that over the options file, and that over
 * the default.
 */
public final class OptionParser {

    private OptionParser() {}

    /**
     * Reads the options of all places.
     *
     * @param agentArguments {@code key=value,key=value}; empty or null for none
     * @param systemProperties of which those that begin with {@code kasan.} or {@code kasan_} count
     * @throws OptionException in one sentence at the first thing that is not understood
     */
    public static KasanConfig parse(String agentArguments, Properties systemProperties) {
        OptionValues values = fromSystemProperties(systemProperties);
        values.override(fromAgentArguments(agentArguments));
        Optional<Path> file = values.path(Option.OPTIONS);
        if (file.isPresent()) {
            OptionValues all = fromFile(file.get());
            all.override(values);
            return all.toConfig();
        }
        return values.toConfig();
    }

    private static OptionValues fromAgentArguments(String arguments) {
        OptionValues values = new OptionValues();
        if (arguments == null || arguments.isEmpty()) {
            return values;
        }
        for (String argument : arguments.split(",", -1)) {
            int equals = argument.indexOf('=');
            String key = equals < 0 ? argument : argument.substring(0, equals);
            String value = equals < 0 ? null : argument.substring(equals + 1);
            values.add(key, value, OptionSource.AGENT_ARGUMENT);
        }
        return values;
    }

    private static OptionValues fromSystemProperties(Properties properties) {
        OptionValues values = new OptionValues();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (key.startsWith("kasan.") || key.startsWith("kasan_")) {
                values.add(key, properties.getProperty(key), OptionSource.SYSTEM_PROPERTY);
            }
        }
        return values;
    }

    private static OptionValues fromFile(Path file) {
        CheckedProperties properties = new CheckedProperties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw unreadable(file, reason(e));
        } catch (IllegalArgumentException e) { // a malformed backslash-u escape
            throw unreadable(file, e.getMessage());
        }
        return properties.values;
    }

    private static OptionException unreadable(Path file, String reason) {
        return new OptionException(
                Option.OPTIONS.key(),
                "Options file \""
                        + file
                        + "\" cannot be read ("
                        + reason
                        + "); "
                        + Option.OPTIONS.key()
                        + " takes a properties file in UTF-8 with the keys "
                        + OptionTable.knownKeys()
                        + ".");
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        if (e instanceof CharacterCodingException) {
            return "not UTF-8";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Sees every line of a properties file, the repeated ones too, which a map would swallow. */
    private static final class CheckedProperties extends Properties {

        private static final long serialVersionUID = 1L;

        private final transient OptionValues values = new OptionValues();

        @Override
        public synchronized Object put(Object key, Object value) {
            values.add((String) key, (String) value, OptionSource.FILE);
            return super.put(key, value);
        }
    }
}
