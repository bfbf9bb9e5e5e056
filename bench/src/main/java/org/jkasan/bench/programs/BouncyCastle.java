package org.jkasan.bench.programs;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Digests and ciphers in plain Java, through the JDK's interfaces. */
final class BouncyCastle implements Workload {

    private static final int SIZE = 20 << 20;

    private static final int BLOCK = 16;

    private final Provider provider;
    private final byte[] data = new byte[SIZE];
    private final SecretKeySpec key = new SecretKeySpec(new byte[BLOCK], "AES");

    BouncyCastle() throws ReflectiveOperationException {
        provider =
                (Provider)
                        Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider")
                                .getConstructor()
                                .newInstance();
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 31);
        }
    }

    @Override
    public void run() throws GeneralSecurityException {
        for (String name : new String[] {"SHA-256", "SHA3-256", "BLAKE2B-256"}) {
            MessageDigest.getInstance(name, provider).digest(data);
        }
        byte[] secret = cipher(Cipher.ENCRYPT_MODE).doFinal(data);
        if (!Arrays.equals(data, cipher(Cipher.DECRYPT_MODE).doFinal(secret))) {
            throw new IllegalStateException("What was decrypted is not what was encrypted.");
        }
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding", provider);
        cipher.init(mode, key, new IvParameterSpec(new byte[BLOCK]));
        return cipher;
    }
}
