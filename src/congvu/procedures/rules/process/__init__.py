"""The process of a procedure as a graph of steps: what it is, what is wrong with it, how a dossier goes through it.

Sources: TT 01/2018/TT-VPCP, Điều 8 (each procedure has an inner process, turned into an electronic one);
NĐ 61/2018, Điều 19.6-19.7 (interlinked handling: paper in sequence, electronic to all agencies at once, each with an
own deadline). Pure: values in, values out.
"""
