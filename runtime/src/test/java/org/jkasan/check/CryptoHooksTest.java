package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NullCipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The hooks of ciphers and their like over freed memory: a report is made where the call then goes
 * through, and none where it is refused. What becomes of it is tried out.
 */
class CryptoHooksTest {

    private static final int PAGE = 192;
    private static final int SIZE = 32;
    private static final String PADDED = "AES/CBC/PKCS5Padding";
    private static final List<String> CIPHERS =
            List.of(PADDED, "AES/CBC/NoPadding", "AES/CTR/NoPadding", "AES/ECB/NoPadding");

    private final byte[] freed = TestSanitizer.track(new byte[SIZE], PAGE, 0);
    private final ByteBuffer freedBuffer = TestSanitizer.direct(PAGE + 4, 0, SIZE);

    /** Cipher text, so that what is deciphered has a padding. */
    @BeforeEach
    void encipher() throws GeneralSecurityException {
        byte[] text = cipher(PADDED, Cipher.ENCRYPT_MODE).doFinal(new byte[SIZE - 5]);
        System.arraycopy(text, 0, freed, 0, SIZE);
        freedBuffer.duplicate().put(text);
    }

    private static Cipher cipher(String name, int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(name);
        SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
        if (name.contains("ECB")) {
            cipher.init(mode, key);
        } else {
            cipher.init(mode, key, new IvParameterSpec(new byte[16]));
        }
        return cipher;
    }

    /** A hook reports if and only if the call goes through. */
    private static boolean check(String what, ThrowingCallable hook, ThrowingCallable call) {
        boolean reported = TestSanitizer.report(hook) != null;
        assertThat(catchThrowable(call) == null).as(what).isEqualTo(reported);
        return reported;
    }

    @Test
    void cipher_notInitialised_orWrapping_refuses() throws GeneralSecurityException {
        for (Cipher cipher :
                List.of(
                        Cipher.getInstance(PADDED),
                        cipher(PADDED, Cipher.WRAP_MODE),
                        cipher(PADDED, Cipher.ENCRYPT_MODE),
                        cipher(PADDED, Cipher.DECRYPT_MODE),
                        new NullCipher())) {
            check("array", () -> CodecHooks.cryptoRead(cipher, freed), () -> cipher.update(freed));
            check(
                    "range",
                    () -> CodecHooks.cryptoRead(cipher, freed, 3, 20),
                    () -> cipher.update(freed, 3, 20));
            ByteBuffer output = ByteBuffer.allocate(4 * SIZE);
            check(
                    "buffer",
                    () -> CodecHooks.cipherRead(cipher, freedBuffer.duplicate(), output),
                    () -> cipher.update(freedBuffer.duplicate(), output));
        }
        assertThat(TestSanitizer.report(() -> CodecHooks.cryptoRead(null, freed))).isNull();
        assertThat(TestSanitizer.report(() -> CodecHooks.cryptoRead(null, freedBuffer))).isNull();
    }

    @Test
    void doFinal_withTooLittleRoom_isRefused() throws GeneralSecurityException {
        int reports = 0;
        for (String name : CIPHERS) {
            for (int room = 0; room <= 3 * 16; room++) {
                Cipher cipher = cipher(name, Cipher.ENCRYPT_MODE);
                byte[] output = new byte[room + 1];
                boolean reported =
                        check(
                                name + " into " + room,
                                () -> CodecHooks.cipherFinish(cipher, freed, 0, SIZE, output, 1),
                                () -> cipher.doFinal(freed, 0, SIZE, output, 1));
                reports += reported ? 1 : 0;
            }
        }
        assertThat(reports).isPositive();
    }

    @Test
    void deciphering_withRoomForAllButThePadding_isRead() throws GeneralSecurityException {
        for (int room : new int[] {0, SIZE - 17, SIZE - 5, SIZE}) {
            Cipher cipher = cipher(PADDED, Cipher.DECRYPT_MODE);
            byte[] output = new byte[room];
            check(
                    "into " + room,
                    () -> CodecHooks.cipherFinish(cipher, freed, 0, SIZE, output, 0),
                    () -> cipher.doFinal(freed, 0, SIZE, output, 0));
        }
    }

    @Test
    void doFinal_withTooSmallABuffer_isRefused() throws GeneralSecurityException {
        for (int mode : new int[] {Cipher.ENCRYPT_MODE, Cipher.DECRYPT_MODE}) {
            for (int room = 0; room <= 3 * 16; room++) {
                Cipher cipher = cipher(PADDED, mode);
                ByteBuffer output = ByteBuffer.allocate(room);
                check(
                        "into " + room,
                        () -> CodecHooks.cipherFinish(cipher, freedBuffer.duplicate(), output),
                        () -> cipher.doFinal(freedBuffer.duplicate(), output));
            }
        }
    }

    @Test
    void output_thatCannotBeWritten_isRefused() throws GeneralSecurityException {
        Cipher cipher = cipher(PADDED, Cipher.ENCRYPT_MODE);
        byte[] output = new byte[4 * SIZE];
        check(
                "null",
                () -> CodecHooks.cipherRead(cipher, freed, 0, SIZE, null, 0),
                () -> cipher.update(freed, 0, SIZE, null));
        check(
                "negative",
                () -> CodecHooks.cipherRead(cipher, freed, 0, SIZE, output, -1),
                () -> cipher.update(freed, 0, SIZE, output, -1));
        check(
                "fits",
                () -> CodecHooks.cipherRead(cipher, freed, 0, SIZE, output, 1),
                () -> cipher.update(freed, 0, SIZE, output, 1));
        for (ByteBuffer buffer :
                new ByteBuffer[] {
                    null, freedBuffer, ByteBuffer.allocate(4 * SIZE).asReadOnlyBuffer()
                }) {
            check(
                    "buffer",
                    () -> CodecHooks.cipherRead(cipher, freedBuffer, buffer),
                    () -> cipher.update(freedBuffer, buffer));
            check(
                    "last buffer",
                    () -> CodecHooks.cipherFinish(cipher, freedBuffer, buffer),
                    () -> cipher.doFinal(freedBuffer, buffer));
        }
    }

    @Test
    void mac_notInitialised_refuses() throws GeneralSecurityException {
        Mac fresh = Mac.getInstance("HmacSHA256");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[8], "HmacSHA256"));
        for (Mac each : List.of(fresh, mac)) {
            check("array", () -> CodecHooks.cryptoRead(each, freed), () -> each.update(freed));
            check(
                    "buffer",
                    () -> CodecHooks.cryptoRead(each, freedBuffer),
                    () -> each.update(freedBuffer.duplicate()));
            check("code", () -> CodecHooks.macWrite(each, freed, 0), () -> each.doFinal(freed, 0));
        }
    }

    @Test
    void signature_takesDataWhileItSignsOrVerifies() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(512);
        KeyPair keys = generator.generateKeyPair();
        Signature fresh = Signature.getInstance("SHA256withRSA");
        Signature signing = Signature.getInstance("SHA256withRSA");
        signing.initSign(keys.getPrivate());
        Signature verifying = Signature.getInstance("SHA256withRSA");
        verifying.initVerify(keys.getPublic());
        byte[] right = signing.sign();
        byte[] signature = TestSanitizer.track(right.clone(), PAGE + 8, 0);
        for (Signature each : List.of(fresh, signing, verifying)) {
            check(
                    "verify",
                    () -> CodecHooks.verifyRead(each, signature),
                    () -> each.verify(signature));
            check("data", () -> CodecHooks.cryptoRead(each, freed), () -> each.update(freed));
            check(
                    "range",
                    () -> CodecHooks.verifyRead(each, signature, 0, right.length),
                    () -> each.verify(signature, 0, right.length));
        }
    }
}
