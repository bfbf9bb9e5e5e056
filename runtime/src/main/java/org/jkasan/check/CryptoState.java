package org.jkasan.check;

import java.security.Signature;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NullCipher;
import org.jkasan.host.RawObjects;

/**
 * Whether a Cipher, Mac or Signature accepts data as it stands: fields of the JDK that its API does
 * not show, other than by an exception. What the provider behind it thinks remains its secret.
 */
final class CryptoState {

    private static final long CIPHER_INITIALIZED =
            RawObjects.fieldOffset(Cipher.class, "initialized");
    private static final long CIPHER_MODE = RawObjects.fieldOffset(Cipher.class, "opmode");
    private static final long MAC_INITIALIZED = RawObjects.fieldOffset(Mac.class, "initialized");
    private static final long SIGNATURE_STATE = RawObjects.fieldOffset(Signature.class, "state");

    /** Constants of Signature that only its subclasses see. */
    private static final int SIGN = 2;

    private static final int VERIFY = 3;

    private CryptoState() {}

    static boolean takesData(Object engine) {
        if (engine instanceof Cipher cipher) {
            return cipher instanceof NullCipher
                    || RawObjects.loadBoolean(cipher, CIPHER_INITIALIZED) && enciphers(cipher);
        }
        if (engine instanceof Mac) {
            return RawObjects.loadBoolean(engine, MAC_INITIALIZED);
        }
        if (engine instanceof Signature) {
            int state = RawObjects.loadInt(engine, SIGNATURE_STATE);
            return state == SIGN || state == VERIFY;
        }
        return false;
    }

    /** Or deciphers; one that wraps keys takes nothing else. */
    private static boolean enciphers(Cipher cipher) {
        return RawObjects.loadInt(cipher, CIPHER_MODE) == Cipher.ENCRYPT_MODE || deciphers(cipher);
    }

    private static boolean deciphers(Cipher cipher) {
        return RawObjects.loadInt(cipher, CIPHER_MODE) == Cipher.DECRYPT_MODE;
    }

    static boolean verifies(Signature engine) {
        return engine != null && RawObjects.loadInt(engine, SIGNATURE_STATE) == VERIFY;
    }

    /**
     * Whether the rest of a cipher's output may fit into an array; if not, it is refused before
     * anything is read. How much of the last block is padding is known only when that is
     * deciphered.
     *
     * @param count bytes of input
     * @param room bytes for the output
     */
    static boolean hasRoom(Cipher cipher, int count, int room) {
        int padding = cipher != null && deciphers(cipher) ? cipher.getBlockSize() : 0;
        return isEnough(cipher, count, room + padding);
    }

    /** Whether it fits into a buffer, of which the JDK wants room for the padding as well. */
    static boolean hasRoomInBuffer(Cipher cipher, int count, int room) {
        return isEnough(cipher, count, room);
    }

    private static boolean isEnough(Cipher cipher, int count, int room) {
        try {
            return cipher != null && count >= 0 && room >= cipher.getOutputSize(count);
        } catch (RuntimeException e) {
            // Not initialised, or done with what it was initialised for: refused as well.
            return false;
        }
    }
}
