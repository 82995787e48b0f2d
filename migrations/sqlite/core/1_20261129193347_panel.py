from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "person" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "name" VARCHAR(60) NOT NULL,
    "name_key" VARCHAR(120) NOT NULL UNIQUE,
    "role" VARCHAR(10) NOT NULL,
    "password_hash" VARCHAR(300),
    "discord_id" VARCHAR(25) UNIQUE,
    "enabled" INT NOT NULL,
    "appearance" JSON NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "last_seen_at" TIMESTAMP
) /* Somebody who may sign in to the panel or speak to the bot.  ``name_key`` is the case-folded name. */;
        CREATE TABLE IF NOT EXISTS "one_time_code" (
    "code_hash" VARCHAR(64) NOT NULL PRIMARY KEY,
    "purpose" VARCHAR(10) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "expires_at" TIMESTAMP NOT NULL,
    "person_id" INT NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE
) /* A code that works once: a link to the panel, or the pairing of a Discord user.  Only its SHA-256 is stored. */;
        CREATE TABLE IF NOT EXISTS "sign_in" (
    "token_hash" VARCHAR(64) NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMP NOT NULL,
    "seen_at" TIMESTAMP NOT NULL,
    "address" VARCHAR(60) NOT NULL,
    "person_id" INT NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE
) /* A browser that is signed in.  Of its token only the SHA-256 is stored. */;
        ALTER TABLE "import" ADD "undone_at" TIMESTAMP;
        ALTER TABLE "profile" ADD "import_id" INT;
        ALTER TABLE "proxy" ADD "own_day" INT;
        ALTER TABLE "proxy" ADD "own_parallel" INT;
        ALTER TABLE "proxy" ADD "own_hour" INT;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE "import" DROP COLUMN "undone_at";
        ALTER TABLE "profile" DROP COLUMN "import_id";
        ALTER TABLE "proxy" DROP COLUMN "own_day";
        ALTER TABLE "proxy" DROP COLUMN "own_parallel";
        ALTER TABLE "proxy" DROP COLUMN "own_hour";
        DROP TABLE IF EXISTS "sign_in";
        DROP TABLE IF EXISTS "one_time_code";
        DROP TABLE IF EXISTS "person";"""


MODELS_STATE = (
    "eJztXetz2ki2/1e6+DKzKU8qcRwn67n3VmHAMTcOeAEnkx22ZIEa0Fh0a/Uwdu3N/37PaU"
    "nojSUMtqz0h8kYqY/U+p1+nHf/pzHlFn3dNKjlNE7IfxpMXVL4I3r5gDRU0wwu4k9HnRii"
    "lbpuMLEdS53iM2aqYVO4pFF7aummo3OGTYd8SZ2FzubEpNw0KFHtG6oRh5MJhX8N7XfCGS"
    "Ur3Vlw1yGvNGrot9SimqI6r4huE9vRDcNvv775Gl+u8Sm8HR695/e4TP+3SxWHz+EN1IK3"
    "/fkvuKwzjd5RG3/+2ZhaVHXEwxr/wpvmjTLTqaHFwNU1fJy4rjj3prh2qs+7zDkTbfGbJs"
    "qUG+6She3Ne+gyWxPoTCA/p4xa+Eq45lguIs9cw/A5FDDD63rYxOtzhEajM9U1kH9I7XUg"
    "vNZQlF5/pAw7I0VppHgbUETY4F+acobjArpqCwDm2IXf/n54+O7dh8M3744/vj/68OH9xz"
    "cfoa3ob/rWhx9eZ0K0vEcJzLqfur0RdojD4POGJF74IWhUR/WoBGtC9G/g49P4txaqlY1+"
    "0D6BP3xYEv8A7U0MCC6EHAgnzFOwYKneKQZlc2cBP9+92YDu1+agdd4c/Pruzd/iEPf8O4"
    "fiFoIdgmu7k7/o1CmDb4SkhhC/PSyCMbTKBVnci6Ps0LtSEAfta4jv+zdF8IVWufiKewl8"
    "VQvW+FIIrymeDuNG40kQPiyE8OEGhA/TCEf2yRTKbbjj6EuajXScMoG25pO+Dv54geN7A9"
    "ij7pfOcNT8comPX9r2vw2BV3PUwTuH4up94uqvxwm+rB9CvnVH5wR/kn/2ex0BJ7eduSXe"
    "GLYb/bOBfVJdhyuMrxRVi2ISXA4uxdgcla7KMjpJuwNW+8KO5PTuOa06Dl2a8F0pLueKtV"
    "GSh4Xbfc7cN4+WaQ/fHn04+vju+Ggtyq6vbJJgPWkVFYXZTURYxQsTdXqzUi1NSd3hhzyv"
    "bfrW8nCZvKIydS7AwS/6cbBW9gy+UtmUNjL0wODWwSZdMNroQX2wczddqGxObeIsVIeoxK"
    "a2DffIUr2H/24o6F8zeAfRHbJQbVTIQJMj6hyQ/52skAaUNZfZJmVALp4Am7BDptwF1kBj"
    "eCJz0griU774YY0xV0f0e6Vk6Yq5MypOtJs5VQWN8VGz62CDLuizsQTEEYrnXbMqhXCI6N"
    "xS2XaCXZxSCnaV2+4ftU2lVrb08OgzOuLwjxgeXYAu2E0SY0HsScPwKS9qRfsRDPvgavh+"
    "S12tN4LEUg5/gDhMHU8LbQ5bzXan8WNnW7+r6U6HOdZ9xt4f3tu0+WMrha6bPbj9f1twou"
    "ma2E/Te3Tq7iM2UmlsfU5ja/ltQC7/FV3+Y9re1OFWGfvYmqCGJsiPRexjH/PNYx9T1rFb"
    "ak3KoBu0ryG4R0XAPcoH9+jFuihesnlXo46qG2UgDilqh/BRIYSPNiB85CFcCTvRqepMF2"
    "k50bu8QUScrBs8KByCDkBgyi11zzDDZ8S0+Ew3qO375acLOr2h2mtCWmh0oZZNPKMO0RkB"
    "AZFM+XKpO56FZ6Yz3V5Q26Oy09Lmfl83ZmPWJLAB6/h5aDtaeXYnAYgwMc0sviS6Y/uGJH"
    "gp/qBMI9yCa9w8IDYn6pKzuXgdjHCXamigWlKV2WQMo5wYOqPjBrzu+trrjn19Hdikwj76"
    "Vi+v+5p/w/sm+Lzr64WuaZSBDg7EoquUQVe9q36PV9BjQ7UdsuIWhlZwVjg6Ar7PcW1fIB"
    "F4NKBN9HrcuwOyuLifvlpK3L+66rZLCPuuq2uvkWY/ymXjv2Yum4rBIN6E/xz9z76Wog0r"
    "j+fd98TIqIAoPn2zWC/+X2J1D9rXUEDZi4M/nBBphDvMXaZMJHFxJZxmT7eXeotSyWHcOO"
    "+2253eib/CjNk/rjpXnfaJv8SNWbenXA76nwad4fAEVlsFVmYcpvaYtUG1OSEaZzS5oBfj"
    "WiGmbeBZkmUWhT7b25k+k7TS1Vll5Xe9d6W4nGtUipJs5TaoGDt37TVwuKNmqAu5eK7bP5"
    "0P5s0LgdKXP8u4DaMkEtAkoBiFUgLMoLkEMgkk8/fqgkAGzSWQSSBNS7+FTy+z/4QUEs6U"
    "y7rcuJzLcZkDpMtuQGYqIxdFKCScSTjtG900S23kEQoJZxJO3wBWAs4IxU8dn5ih5paBMU"
    "oih2VqllN4gQaNmVYG1CSZBDYJrDp1QBRXPKAyoD0zuJoXmZwiTcA7Q9q9Afx6XxBvwK/d"
    "vzq96JDLQafVHXb7vbjZRdzES3BB96KQBp3mRQLxlao78HrFoqqdZR7Jtw+nKbeyXFbNSr"
    "J/R2sAnMucLH/rZrNjiljaHatsdwy8YJP7MlMrTlVDB8zuw29kctpPMZ+Et30rNscp5apZ"
    "ZS4Hxu0t2JwglXyuMp/XkStluRwjlDyuMo+ZPl3QcilxURLpec3JN00gnKErc4vqc/aZ3h"
    "dKzukFT3lZ2BbNzYmOqVhmDnSA9K4uLhKpOTlY01vKsgxppz7d2ecBNdScsIEw6LJzS19k"
    "5mEe2nFRXARRPgajFj6hTvDsObTXG07Z8b3robYxyFeh62YPhvo2Rdwqxtz6AbG/2ISvGD"
    "H4PB2o+1DjIiGoXg+9uVs6kFTmjeE9mTcmBbgtBTgMfS9lF15ksrUOZqvd116TVcEi4BZD"
    "dxO8KXxdm1plA9+jNPVzaex+DJsWv7svp+FFSaSGl/aDRiWeonkxUZpdZsdUdyt9IBlmg8"
    "q8Tmx7lMq8zp97mZA+qDNHR1SBahZPlMzYgstZVS/86wf5ms40bFFAyTHdiaFPiToVyXZE"
    "BL35yYUYL/w7ub4WdYqvr4nKNPhlU8qC/D24ZK8w6VCk7mE/MfcvSz3a12seUX7jWTbNim"
    "lUe9kz83Un01CdGbeWmWt+PuoJMimtPCytiMlUQlRZt5fRWukwOFomcDhoLoFMAolp7FRT"
    "dKaoigVqeHFMMyglvKlsINV2FBx9W3gak7TS2VhlW5WoB8HmCvwzzRBfNrM6RSx5XWVeW8"
    "CD7apUxykll6vMZRnXV1s2V6I0kudqThsTAg90ri1h7eQuVhvJL0+E1YfwLCNhWnlNSJPc"
    "UkvTp453jBG8BYvzGPdktcDWWOsHxDq8aVKmwWjILoW0s6dj5SM0MTiOIcRKr6QQNmTuck"
    "ItdORiRaLAlRutouS/ABv7rz0hoJ8CUVDHaKHeUrLQ5wt8EKN2nqHiz4b/Qb5euzZE/Wuj"
    "bzjsNpYg+k8jHAApFzL8j96ZllewdT1GQj/yneIxWPGBEbz3146GIAae4w/y7bwz6GAVKI"
    "eS/ya/+O1/afzY0INIykT4ncX7FMnA3NQn7joAvOiVT/GLZ7GTvvPK+c7F+Mm2/BSrHfTE"
    "pZoakXlRpnbQZafX7vY+nQQLzmNrAn0skkeQn0aQNA75U2ZbRkTIK2yKa1x0vwLkaF0es5"
    "6AH+s2jNnloPsVhAFgjld6YMw+ibtzcfeq97nX/9Y7IZHlp3QJp0J1tzaU3UqZ8zblrT3M"
    "sBeRu9bofz4h/GbMmqfDTm+k9HstYAqIHZQ5CofPGrPT5qh1rlz1Lgf9r1iay9tsXAbbyy"
    "2W6EpzFt931r/qtZH5jjLjLtOAx8POQMFoSOCyTS0FOwujAEih3RyBGLMB/FIuul+64iKi"
    "oxg6bO94b9g/Gynfmt3RCbH5zFEwW23MLvqwJCqDzj+uugOkMfhcZwqmGKMaBlSdIaYvKp"
    "0/Lr0GQSF12A69FsD9i4tO7xN8wXShGjieKF7ttD5f9mF1PfEqN5ochh0872qI64x4kotH"
    "P2j4jLNOp33abAGWM0o1lB3he5vKl+7wC6IHX6wqS91eInRj1r1UTi/62Fo3lYnBsfVZf3"
    "Dq1z6bcWvilz+DN4k+KN5kgbeJbijerBn1+8qXZu+70m0PYcBwroAgiq5vG7nWFqiA9Iws"
    "0xQ/6xoRGXwFTnQGg/4A4bBAoFKoZXHLo/rfYb/nkfwF4xf6AML3d+W03/4OHViazr0y4d"
    "r9mJ2PvlwAP5CfC2dpAD+Qn98G/d4nZXjevIT+riyONo+FakJvAX3gQGukrCc7wA8smDqB"
    "0AFfBOJ+/wp6jGoTrHgwlmDc+l1l1An6CWPxj+/Bdc/h7985G3SGgPcMRJ0FjkSl1ew1B9"
    "9xJCqejw4RaPV7bcUfGoiByJ32RwYWmRt1Br3mBVaYc9D1ZGyzHhWqA7ihDGC6CuCLOVPp"
    "pRhv8dGlqhKvCSq8pG/pDTsuFCJ1vCFE6jgdIoUqGpveK8syYzZOJEN4sgo+yaionfsbn+"
    "d8rbrD6nDrfjuXSYJUmtKrZmNN83mrqhMJUsnnKvPZL32/jcskRim5XGkuGyrwoHRlkRhV"
    "/STk3R89EyC21bqZIpZzqspzKuJAKiNgRomkgCmzGfZ0tEdMt4x4RwsHC8eoaplBtotgYZ"
    "k2sve0kYyx/GhUL8Pn1BTX+PytTkJOm5oGv19mliCI3DvID6bR4q0KBdRYfHWCcSzTBQmy"
    "IIiz0G2CPvaJalMMXFEn3HUOROIMoMdnGL6C8Sk39B6P4sJjsVaW7jiUkZXuLLKDa/b2ph"
    "2fkPvoUI3qZ+Xs+Wj5gL2ldtUIjdxTCyTgwIxQxBRJozyidzlDOEZUC5g36U2dP0YxlSmA"
    "89cvzT/+FlObLvq9T0HzCPyti/6pLJD5s6iwlQik7bC5zmhLNYy0FBC5t0EKoKKVMg2aPS"
    "gGDPkSNk5dnLCpOl5kK+653oPIUr0nGoc9GTP4MGKDTO5hg+a41+ImPaW2fUJU4lDb8QoU"
    "CQccHuCpBiEoaYngqV5apDASRs1te8CmjO3Ee08R2ylPBt+jeVa15u4yuyYfBknlRNxEiZ"
    "IbGobL/x8xdHtvoTeR02Qnrm44OrNf42uf40BZBGmzrJEUKxKbFj4gKWvAqs2tMkN+TVDD"
    "MS9rnUtRbitvRGR3L8PjCJn0NlWZv/AoxKbEvhVSPGrTejk83dnuVCEVaSiydXJ0pGGQyv"
    "OAkrRO+SllLOVkwaGbEX3lAK6s0ECp257xUuQE0lsd9RBPw6Egj97DNYPeqswRVkxoouq2"
    "n7+XZy/dy8ukybRiJlPkMS0l64UUMvzkYf3GLBdBLKNc84IQFlS1nAnd4qyJKKGUqKotUX"
    "l7STlrV5SqNvk3T2LziixTnBvKdvCnSF/6ua1PDL3NVNNe8FKKRJRG2r92bv+yQbid8DvF"
    "tUplriXI6ice7ew4zWqoc5jN+snirtlIa3PhvYMNyhy2UubrZg/qcuKxttCdXGZRVVsXgM"
    "WIE9C9boDPByLCRPy0qAbPoxqx1aVp0LS+tosHPkInm0E3qGVa/hpfdKIkyGpXb/b4qEia"
    "51F+lufRQ/Vmka1lEA/a19A+v4dDHXQnK6BxQ8pyQFBDePdyhLIofl1CL163r418vzO9eK"
    "ZbfoXTsopxnFI6kyqtGq/r2JblcoxQMrnSTPaEsjSH8+MqQ4o6aBtPEVNZCdXjnIOOeI/O"
    "okZK9Yjc26B6LEQr4UcqqHrcTRcqiN1rzQCfQPitV8rRj2LzfDhYb0mEvnkaA5bY8lUI0A"
    "90Cy7ZJjCOigpCNhatnOkwWsjEnd5QJ8Or9ITv9gpguibMsrF7+ObwODhqAx1ZHOnwNQ7n"
    "NwT+v4QJTGxOsKYTWeqGoXt1ijyNagmgY3smHF3eG8iEQu/EsR4Teg9Nr6/HDG8bHHUary"
    "wmIeEXY9+5iyd9+KoZUS1R6JNx/5H5VTQRJjG3I4VFwpJnEwOHTbKkpgwirGQQYcDKUp6L"
    "gP1y167yrv0clYKqxs9dazWbykLmeYEeVQqycoDuuc6dt3mUwHdNUEN4d1/W9AUYOPbjPN"
    "vZCiBEuLdv3pQAMUoicYziePi+NI4+icQxiuP78uPxvRyPmfN6m4ktkcya2dtMbYlk1tze"
    "ZnJLJDNn91bTW2IZE9GFfakEjiHBT41hJSy83aXJrQzrrn/9IN+yq4ctCuUGeO29XGSM+s"
    "LYfYomRodM4c1kZvGlMGeu0PI5oeKifwyQobO8LIDdPLZq8f4vxFi5t3B/UYCo7NnQMaIa"
    "qv+H798XMa+8f59vX8F7ibLsOAdKjOB1e2kPzNgL/cTXMhaVkEIimoGoOA1EwSW9BKhxIo"
    "lrLq4UvmC1FbgxSolwpm/ALLsYREkkphmY6uxWNcpJXCGFRDR/xypb3ztGVUNZS1bTkF72"
    "rbzsLtuynkaMUOZ/VpnHTJ8usqti525DURKZNp1jAEsgnIa3ZK3mXvCUl4Xtj2DwPFCoOT"
    "qmYmWaoQMET9d8njrNF3hKpz0QcydhVQxvHeQbFsUpnyWOPBd1QDC0kZvIZCyZ6D3Ci6HU"
    "9NmMWp4dEFv57NpUVGTLh1XNiFhk56+1FdGLbc2ANj9jOUIiE5Zj+/GLLonk7QSp9Wi9Qe"
    "StRet96OGlqEnw0doB4ZZGLaoRkW+Lrga/oD7GW19fYyPlht5fX2M5d1xDpqpNf5thtRpN"
    "PCK9MO320VVbpn52X0dZN0eNPRy717qDOVEW4ICmdjnfb48LBZEeb4giPU5Xj+K27mRWZN"
    "lQjiUkkYa5DMOcpuoicQpPxHRUCxbrEuhmE0vFM9/+Kc1ytTPZlJA8E2dvZXnET33Cs88D"
    "aqg5S1epg7cqNrPyzA5xB4wIt3kUPGFoUQ3xCQTyxwBUvyPGfuxPs+szOoLltcW1DP0uev"
    "MgX8tDuzuu0dBxrbC2h209o9CKWzc24WxKT0QQGrshDhf6l6kyaqDa5v/SET0vVq2t29AP"
    "jbg2tUB76+P5HmhmGp43fzt8f4waHG7fVMtSB5/03Y/QF7GfykK1Mw4z3OBbjBLVTv7ef8"
    "0l07Vg9yylUkZIaqhV7iFtTgqNdRUao2ymd6YOj9uCzXFKyeZKs9mklg3sKZcZH6WR9ouH"
    "PboeYI926V6uH/PC4C3q1I0NrOocvuvjnpKwQ37kCdch44udtDfh2r041gGPuLNhaGARmq"
    "hMiyKtbVJ1LelOuLO1a2Xvb8RCP03igRAW2YHn2vYKZXB8n6gPhOf3YVme33BHEJK8L7xb"
    "3J0vApldenCkB6daC1tCvSkia29wLqR9C9KDk1RnClVZebuhzMrbdJ0Vi5crJRu0r+EQ3r"
    "26GCz2pU0hKcI6VE9MlkUuVhd5U2HkFOCat1lmivT5aMepdgJ1hZaNw2LJgxtyB5MoU4Zf"
    "nVWuj8PqoLIc1TikSkA8AbJ9rR4B7k+rCp/2+xcxLfi0myz3efXltAPLiYAdGumerJ/2U4"
    "J4TVUrUI2KhrPFqWREW4wZuziCQ1oCt2HFizMRratTb8HoJK3M7agap7cKFEA31aPcvAnn"
    "5Muc3Zu94WjcUGDNfwxMQ3hGt04Wvz06w4PIgbSZLgwpyLXTRZoUcH+b7sTQp0SdipKQYY"
    "UV9CPPdKbbC6qR6YJOb2wC04+4JhrPfg0sYJEi1yss1/JqBnN48epvWd7ufb3Kq8HtRbSA"
    "0B8a8fyaMoLE36bhZQdYgdsryx22maog2VDiJe8VNM79GcvcQSc8W1fIzjTarZuUUGaiNL"
    "UzgezqLJ18kx4WrHcz1i0EvMPcZcpZEQM/pH46+0gDJqx+G/SlKAMazdao+7VzQjzqMbts"
    "Xg077RNiqjCCtDH7BPvsCZnD6E7OzGeypcBuMePWsqRunyCrox1lN1Mi4iqwFdPSb/0DwE"
    "to+HHC7ZT8imH9NDq+t4fB1uGoGQc65pcQSpDJw6dSwHI2NVwbFrjy4GaQSoBTh8M63NJp"
    "+aGbopPQpvJAqEOFBU0xzWUJaFN0EtoktMIyI1bPrSx4GeTStlM1206K36ASTnmeLvWwaJ"
    "98RoUlycaFkOwNIdf3hBzPQI4HGX/Q/Qr8ACHfE9OiUv6YXfU+9/rfeieg1IpSb9WQ+wXu"
    "m45bKci6R56/8kSc638+IfxmzJqnw05vpPR7LVTRJjZlMPjg28bstDlqnStXvctB/2sHmC"
    "XylhSXmRa/pSyLx/i+s/5Vr43DwFFm3GWg34G2N1CwWMiJSAdQsLMwHoAU2s0RiDEbwC/l"
    "ovulKy4iOoooioH3hv2zkfKt2R2dEJvPHGWl6s6YXfQ/dXvKoPOPq+4AaQw+1xlg/29Xtw"
    "RVZzjs9ntK549Lr4FNbRv3Ki9wFlrAOLi46PQ+wRdMF6qBI4vi1U7r82UflvITz+JjchiA"
    "8Lyr4WWn1xZPcm1THM82ZmedTvu02QIsZ5RqaGCD720qX7rDL4gefLGqLHV7idCNWfdSOb"
    "3oY2vdVCYGx9Zn/cFpt91GgEF7nOiahtjCm0QfFG/awNtENxRv/oz6feVLs/dd6baHJ3iE"
    "m4LHtoHiaSPX2gIVWMqQZZqAhNr4BZ3BV+BEZzDoDxAO6xaYIQ7u9qjQ+eSR/AXjF/oAK+"
    "F35bTf/g4dWJrOvYJhbGN2PvpyAfxAfi6cpQH8QH5+G/R7n5ThefMS+ruyOJsr9kI1obeA"
    "PnCgNVLW0x7gBxZMHcWf//BFsPb2r6DHuIXB2gdjCcat31VGnaCfMBb/+B5c986O8u+cDT"
    "pDwFtY3nAkKq1mrzn4jiNRmapMte4RgVa/11b8oYEY4BF3ij8ygD+9UWfQa8KHAdZo3DK2"
    "WZl2f0SRJwaEasK2gkTyCVKWqLws4SVYb+sSjBBLXleZ1x6nbD0z+GIzpxOkks/V57PLHD"
    "3DhlGEz2tSyecq89ngfEuNP0ooeVxlHvvCK+yyoPHdlLCbpQml4SxVhjvwmZfANUYjK9HI"
    "SjQ/6cL0HMWDq8bPWlUPrhq4RTNNc8sHD2CMD7qt0aZM06TTOiNEoHCEXwufUCOg9xvgd3"
    "ffyArvuxPJbhuC+/wGD4f2MULvdAcj6WDVs0XOqgi1W1DVcBYi7zXIS/JC5my4QbXf4TrK"
    "TWP38M3hMdxRLRrUTvbPW4PbB6THGfVj8rAYjWFkhPw9SxcyAvf+bNgwvL0tE5p726tfvA"
    "qt5V7Mnsy7faa825A5RcPAQgqZuFjA6RaM+aLwrudI/cDdy+F7wVpScF0ImksZMOtIX1yP"
    "S4zVoP0TRug2XvBI9bfbNMIjepc3XCM0FXa270QL7fwxiimgqdzCtRJ60e99CponEw6Tjs"
    "UJzTBE5w/pNUHtxvTuC4PL5OUnDGzGfIhyclpA8IQj2aKqdv80w/ltkRX6bf4C/Ta1Pnua"
    "URri/NTwkEKmhW9eurdJC4fVQENVdCtnYppa+pqqbNL1g7jKHKMdJZH+pdR+4U6n1LZLHU"
    "weo5GQJiGdqbrhWqUQjZJIQDNyimw6dTFrUtkC3DxyCXT6HG3bRLCUZQa+ZwZXc5fYGF0C"
    "2BkS1mrbbPevTi865HLQaXUxgja+T4qbcTl90GleZMWyYuLvtkGNEVops1RZZvFCUL09c+"
    "sI1hi55Hfl+S2i8ctZlKJUdTDiJbMBiqUDbMoHSJmWUHNbcDcD6FxpIEoiY6PSMgDio6kZ"
    "NWA3IupTSECzATVVCxOryuRrJ8kktDKO7yfaULcqFOcnsD2uCJr3jJc3uZ4hRmpAbdhJp7"
    "RzS8XrErFS8dsH+TFTlt9QoeuWRY4FEweIY1yR8GF4B26J8KsD+MMfC/inl/YYnM81wWBz"
    "ap2Q1YLCbXHAPBY5O8BSZt4fqwU8QliERaPMc8Ge9OVFKp3dwC+hdbqTvzCn1Attgn+h5Z"
    "8NWOjyq55lhUyd6vOfJWrq74eH7959OHzz7vjj+6MPH95/fLPemNK3Nu1Qp91PuEnFFsqH"
    "Y6vK715y16rorhUVToL5WFQBDNrXMKJr9+Fy8UWusN8iSiQF6ixvkECozLCNkNRx5O7jBJ"
    "AJnfkSUFGQQ4o6YrzzEA115pSLUFwTSHgLwLupNlCeg+hRpYCqHC+3F7vmVrEsMoSlsnJh"
    "CWvG/rT1IWWah1tMS/cuH+Rr5/a6wYNK+TlfESzBROidpyDboTIMNzTQk2+pFWjKeBYf5g"
    "ctdeY69HfyCpP+Fde0X4l0IlO1HNSrX2EtrldpJXzfL8vMUvLIhZ7t19HypUlRgwm17cfk"
    "KUml+6mU7jj3iioQcZbL3JC0BrGeB8VRjZJITDMwDdecMuJASCUNRZUTCGJKt2/zLrwIsQ"
    "qkpr2pzvQINvISGEZJfmocKyKYei63DNF07YvLF07DJg+Kp6MFyIQm8pVbv9heqdQDMsHy"
    "rOh/QfFQbEYi7X0KY0Sntpf1rvp57wRTEAgXJq+0RLqH58sDqKuVCP/cmYIVOhpo95mC/r"
    "lTJQ+ciVPVDubdHzfjrzxpjPMTjCMktTCRPnWCsSj4DXtflqS3OXE+pKoF8PGxfVTIeHq0"
    "wXh6lDaeynxjmW8cA7lxqxp60JMX522R+caVyjeGW/BR8+3SjVPE0lVTZcuMzDaW2cZVh1"
    "RmG8ts45cJtMyA/Vn2UZkB+xPyW2bAPkWkmEgvwXNdVfsmy+aRv0+lCH9qR1gmpjalGWGO"
    "D0Ma0ElEZaLmz7TuP0fwT9WW/P2et7CuLh+Ht+R5C+si9i8L27wM14PEcQvRMRU7bgE6QP"
    "AA1k3HLZQKc4i4Lg2Dr9TMY+uC3OM+oyMO/zyUgdyMPqoeHPpRLh4EhnI3KxzEu36wIRoE"
    "Wih6wWiQJplYfGVTzMxVHXG2AZBTjejsNSF97xQDh99QDBw27kX+7vC8+dvh+2PR2IG3a1"
    "m5wbt67CNiP8TzlYVqZzgO8iXwOFXtPOnHRwXk7+OjXPEbb22ODpFyzk8h56B8vwWPI2SS"
    "wZVmsH8cTpm1M0JSuxy34yKGi+N8u8VxymxhUssum30Ro5GJAgWUBQHY47WF9WNeGLyF9Y"
    "XowIopDK3msNVsd3amL5QSg5vU0qeLtBjsX98gBqthi4ek4HwwZeRxtSKPb2GU6uXSriMk"
    "NQwe3MvpOzilyuz6XvMaovu2kLfi7QZvxdsMbwVnTmYMbH4wW4Tk6aPZnkdc3lnc2rNm9/"
    "z4f53V9uE="
)
